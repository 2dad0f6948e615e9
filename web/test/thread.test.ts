import { describe, expect, test } from 'vitest';
import { apply, applyAll, emptyThread, openPause, progressOf, runningTurn, shownBlocks, type Block } from '../src/lib/thread';
import { bundle, errand, numbered, order, quote } from './events';

const kinds = (blocks: Block[]) => blocks.map((b) => b.kind);

describe('a whole errand', () => {
  const thread = applyAll(emptyThread, errand);
  const turn = thread.turns[0]!;

  test('becomes one turn with its goals, steps and cards in order', () => {
    expect(thread.turns).toHaveLength(1);
    expect(turn.text).toBe('a thing');
    expect(turn.goals.map((g) => g.title)).toEqual(['Thing']);
    expect(turn.steps.map((s) => [s.id, s.state])).toEqual([['s1', 'done'], ['s2', 'done']]);
    expect(kinds(turn.blocks)).toEqual(['question', 'bundle', 'order', 'reply']);
    expect(turn.done).toBe(true);
    expect(runningTurn(thread)).toBeUndefined();
    expect(openPause(thread)).toBeUndefined();
  });

  test('keeps a step\'s note and time', () => {
    expect(turn.steps[0]).toMatchObject({ note: 'the nearest', elapsed: 120 });
  });

  test('joins payments and states of one order in one card', () => {
    const card = turn.blocks.find((b) => b.kind === 'order');
    expect(card?.kind === 'order' && [card.order?.state, card.payment?.status]).toEqual(['fulfilled', 'captured']);
  });

  test('does not draw the question that stands for the slip', () => {
    expect(turn.blocks.filter((b) => b.kind === 'question')).toHaveLength(1);
  });

  test('is the same when replayed on top, when split anywhere and when resumed with an overlap', () => {
    expect(applyAll(thread, errand)).toEqual(thread);
    for (let cut = 0; cut <= errand.length; cut++) {
      const first = applyAll(emptyThread, errand.slice(0, cut));
      expect(applyAll(first, errand.slice(Math.max(0, cut - 3)))).toEqual(thread);
    }
  });

  test('changes nothing that was handed out before', () => {
    const before = applyAll(emptyThread, errand.slice(0, 4));
    const copy = structuredClone(before);
    applyAll(before, errand.slice(4));
    expect(before).toEqual(copy);
  });
});

test('unknown types and broken data are passed over', () => {
  const thread = applyAll(emptyThread, errand.slice(0, 3));
  const odd = [{ type: 'weather', data: { turn: 't1' } }, { type: 'step', data: null }, { type: 'step', data: 'x' }, { type: 'step', data: {} }];
  const after = odd.reduce((t, e, i) => apply(t, { seq: 4 + i, ...e }), thread);
  expect(after.turns).toEqual(thread.turns);
  expect(after.seq).toBe(7);
});

test('an old event does not bring an old state back', () => {
  const thread = applyAll(emptyThread, errand);
  expect(apply(thread, { seq: 4, type: 'step', data: { turn: 't1', id: 's1', goal: 'g1', title: 'Find', state: 'running' } })).toBe(thread);
});

test('a new slip takes the place of one that waits, and only the new one can be answered', () => {
  const thread = applyAll(emptyThread, numbered(
    ['turn', { turn: 't1', text: 'x', lang: 'en', at: '' }],
    ['bundle', { pause: 'c1', turn: 't1', hash: 'one', bundle: bundle(quote('g1', 900)), balance: 5000 }],
    ['bundle', { pause: 'c2', turn: 't1', hash: 'two', bundle: bundle(quote('g1', 990)), balance: 5000,
      changes: [{ goal: 'g1', what: 'amount', before: '9', after: '9.90' }] }],
  ));
  const states = thread.turns[0]!.blocks.map((b) => (b.kind === 'bundle' ? [b.shown.hash, b.state] : []));
  expect(states).toEqual([['one', 'superseded'], ['two', 'open']]);
  expect(openPause(thread)).toMatchObject({ kind: 'bundle', shown: { hash: 'two' } });
});

test('a slip that was confirmed stays confirmed when another is shown', () => {
  const thread = applyAll(emptyThread, [...errand.slice(0, 10),
    { seq: 11, type: 'bundle', data: { pause: 'c2', turn: 't1', hash: 'new', bundle: bundle(quote('g1', 990)), balance: 5000 } }]);
  const slips = thread.turns[0]!.blocks.filter((b) => b.kind === 'bundle').map((b) => b.state);
  expect(slips).toEqual(['answered', 'open']);
});

test('a turn that ended in a question goes on once it is answered', () => {
  const asked = applyAll(emptyThread, [...errand.slice(0, 5), { seq: 6, type: 'done', data: { turn: 't1', outcome: 'question' } }]);
  expect(runningTurn(asked)).toBeUndefined();
  expect(openPause(asked)?.kind).toBe('question');
  const goes = apply(asked, { seq: 7, type: 'answered', data: { pause: 'q1', turn: 't1', state: 'answered', answer: { value: 'a' } } });
  expect(runningTurn(goes)?.id).toBe('t1');
  const expired = apply(asked, { seq: 7, type: 'answered', data: { pause: 'q1', turn: 't1', state: 'expired' } });
  expect(runningTurn(expired)).toBeUndefined();
  expect(openPause(expired)).toBeUndefined();
});

test('a plan made again keeps what is known of its steps', () => {
  const thread = applyAll(emptyThread, [...errand.slice(0, 7), { seq: 8, type: 'plan', data: { turn: 't1', hash: 'h2', steps: [
    { id: 's1', goal: 'g1', service: 'svc', capability: 'find', title: 'Find it', args: {}, effect: 'read', needs: null },
    { id: 's3', goal: 'g1', service: 'svc', capability: 'pay', title: 'Pay', args: {}, effect: 'payment', needs: null },
  ] } }]);
  expect(thread.turns[0]!.steps.map((s) => [s.id, s.title, s.state, s.note])).toEqual([
    ['s1', 'Find it', 'done', 'the nearest'], ['s3', 'Pay', 'queued', '']]);
});

test('a later turn does not disturb an earlier one, whose refund still reaches its card', () => {
  const thread = applyAll(emptyThread, [...errand,
    { seq: 18, type: 'turn', data: { turn: 't2', text: 'refund it', lang: 'en', at: '' } },
    { seq: 19, type: 'order', data: order('o1', 'refunded') }]);
  expect(thread.turns.map((t) => t.id)).toEqual(['t1', 't2']);
  expect(thread.turns[0]!.blocks.find((b) => b.kind === 'order')).toMatchObject({ order: { state: 'refunded' } });
  expect(runningTurn(thread)?.id).toBe('t2');
});

test('progress counts what is finished, failed and waiting', () => {
  const mid = applyAll(emptyThread, errand.slice(0, 4)).turns[0]!;
  expect(progressOf(mid)).toMatchObject({ total: 2, finished: 0, current: 1, running: true, waiting: false });
  const end = applyAll(emptyThread, errand).turns[0]!;
  expect(progressOf(end)).toMatchObject({ total: 2, finished: 2, failed: 0, current: 2, running: false });
});

test('null lists, as Go sends empty ones, are empty lists', () => {
  const thread = applyAll(emptyThread, numbered(
    ['turn', { turn: 't1', text: 'x', lang: 'en', at: '' }], ['goals', { turn: 't1', engine: 'e', goals: null }], ['plan', { turn: 't1', hash: '', steps: null }]));
  expect(thread.turns[0]).toMatchObject({ goals: [], steps: [] });
});

test('a result is told by its order, and what waits stands last', () => {
  const card = (goal: string, kind: string) => ({ turn: 't1', goal, kind, title: kind });
  const thread = applyAll(emptyThread, [...errand.slice(0, 5),
    { seq: 6, type: 'card', data: card('g1', 'candidates') }, { seq: 7, type: 'card', data: card('g1', 'result') },
    { seq: 8, type: 'card', data: card('g2', 'result') }]);
  expect(kinds(shownBlocks(thread.turns[0]!))).toEqual(['card', 'card', 'card', 'question']);
  const ordered = apply(thread, { seq: 9, type: 'order', data: order('o1', 'placed') });
  const shown = shownBlocks(ordered.turns[0]!).map((b) => (b.kind === 'card' ? `${b.card.goal} ${b.card.kind}` : b.kind));
  expect(shown).toEqual(['g1 candidates', 'g2 result', 'order', 'question']);
});
