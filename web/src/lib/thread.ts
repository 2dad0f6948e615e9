/**
 * From the list of a conversation's events to what is on the screen. `apply` is pure: it returns a new thread, shares
 * what did not change, ignores events it has seen before (by sequence) and types it does not know. Replaying a
 * conversation from the start therefore always ends in the same thread as following it live.
 */
import type {
  Answered, Answer, BundleShown, Card, Done, Goal, Goals, ModelUse, Order, Outcome, Payment, PlanMade, Question, Reply,
  StepChanged, StepState, StreamEvent, TurnStarted,
} from './types';

/** A step of the plan with its latest state. */
export interface Step {
  id: string; goal: string; title: string; service: string; effect: string
  state: StepState; progress: number; note: string; elapsed: number
}

/** open; or how a pause was closed. "superseded": a newer slip of the same turn stands in its place. */
export type PauseState = 'open' | 'answered' | 'expired' | 'cancelled' | 'superseded';

/** What a turn shows below its plan, in the order in which it came. */
export type Block =
  | { kind: 'question'; key: string; question: Question; state: PauseState; answer?: Answer }
  | { kind: 'card'; key: string; card: Card }
  | { kind: 'bundle'; key: string; shown: BundleShown; state: PauseState; answer?: Answer }
  | { kind: 'order'; key: string; id: string; order?: Order; payment?: Payment }
  | { kind: 'reply'; key: string; text: string };

export interface Turn {
  id: string; text: string; lang: string; at: string
  engine: string; model?: ModelUse; goals: Goal[]; steps: Step[]; blocks: Block[]
  done: boolean; outcome?: Outcome; code: string
}

export interface Thread { seq: number; turns: Turn[] }

export const emptyThread: Thread = { seq: 0, turns: [] };

/** The types that a stream has to listen for. */
export const eventTypes = [
  'turn', 'model', 'goals', 'plan', 'step', 'question', 'card', 'bundle', 'payment', 'order', 'answered', 'reply', 'done',
] as const;

type Change = (turn: Turn, data: never, event: StreamEvent) => Turn;

const changes: Record<string, Change> = {
  goals: (turn, data: Goals) => ({ ...turn, engine: data.engine, goals: data.goals ?? [] }),
  model: (turn, data: ModelUse) => ({ ...turn, model: data }),
  plan: planMade,
  step: stepChanged,
  question: asked,
  card: (turn, data: Card, event) => block(turn, { kind: 'card', key: `card-${event.seq}`, card: data }),
  bundle: bundleShown,
  payment: (turn, data: Payment) => onOrder(turn, data.order, (b) => ({ ...b, payment: data })),
  order: (turn, data: Order) => onOrder(turn, data.id, (b) => ({ ...b, order: data })),
  answered: closed,
  reply: (turn, data: Reply, event) => block(turn, { kind: 'reply', key: `reply-${event.seq}`, text: data.text }),
  done: (turn, data: Done) => ({ ...turn, done: true, outcome: data.outcome, code: data.code ?? '' }),
};

/** The thread after one more event. */
export function apply(thread: Thread, event: StreamEvent): Thread {
  if (event.seq <= thread.seq) return thread;
  const next = { ...thread, seq: event.seq };
  const id = turnOf(event);
  if (id === '') return next;
  if (event.type === 'turn') return { ...next, turns: opened(thread.turns, event.data as TurnStarted) };
  const change = changes[event.type];
  if (!change) return next;
  let at = thread.turns.findLastIndex((t) => t.id === id);
  const turns = at < 0 ? [...thread.turns, emptyTurn(id)] : [...thread.turns];
  if (at < 0) at = turns.length - 1;
  turns[at] = change(turns[at]!, event.data as never, event);
  return { ...next, turns };
}

/** The thread after a list of events. */
export function applyAll(thread: Thread, events: StreamEvent[]): Thread {
  return events.reduce(apply, thread);
}

function turnOf(event: StreamEvent): string {
  const data = event.data;
  if (typeof data !== 'object' || data === null) return '';
  const turn = (data as { turn?: unknown }).turn;
  return typeof turn === 'string' ? turn : '';
}

function emptyTurn(id: string): Turn {
  return { id, text: '', lang: '', at: '', engine: '', goals: [], steps: [], blocks: [], done: false, code: '' };
}

function opened(turns: Turn[], data: TurnStarted): Turn[] {
  const said = { text: data.text, lang: data.lang, at: data.at };
  const at = turns.findIndex((t) => t.id === data.turn);
  if (at >= 0) return turns.map((t, i) => (i === at ? { ...t, ...said } : t));
  return [...turns, { ...emptyTurn(data.turn), ...said }];
}

/** A plan made again (after an answer, or a changed price) keeps what is known of the steps that stay. */
function planMade(turn: Turn, data: PlanMade): Turn {
  const known = new Map(turn.steps.map((s) => [s.id, s]));
  const steps = (data.steps ?? []).map((view): Step => {
    const before = known.get(view.id);
    const base = { id: view.id, goal: view.goal, title: view.title, service: view.service, effect: view.effect };
    return { state: 'queued', progress: 0, note: '', elapsed: 0, ...before, ...base };
  });
  return { ...turn, steps };
}

function stepChanged(turn: Turn, data: StepChanged): Turn {
  const at = turn.steps.findIndex((s) => s.id === data.id);
  const before = turn.steps[at] ?? {
    id: data.id, goal: data.goal, title: data.title, service: '', effect: '', state: 'queued', progress: 0, note: '', elapsed: 0,
  };
  const step: Step = {
    ...before,
    title: data.title || before.title,
    state: data.state,
    progress: data.progress ?? (data.state === before.state ? before.progress : 0),
    note: data.note ?? before.note,
    elapsed: data.elapsed_ms ?? before.elapsed,
  };
  const steps = at < 0 ? [...turn.steps, step] : turn.steps.map((s, i) => (i === at ? step : s));
  return { ...turn, steps };
}

/** The question that stands for a slip is not drawn: the slip is. */
function asked(turn: Turn, data: Question): Turn {
  if (data.kind === 'confirm') return turn;
  const at = turn.blocks.findIndex((b) => b.kind === 'question' && b.question.pause === data.pause);
  const made: Block = { kind: 'question', key: `pause-${data.pause}`, question: data, state: 'open' };
  return at < 0 ? block(turn, made) : turn;
}

function bundleShown(turn: Turn, data: BundleShown): Turn {
  if (turn.blocks.some((b) => b.kind === 'bundle' && b.shown.pause === data.pause && b.shown.hash === data.hash)) return turn;
  const blocks = turn.blocks.map((b) => (b.kind === 'bundle' && b.state === 'open' ? { ...b, state: 'superseded' as const } : b));
  return { ...turn, blocks: [...blocks, { kind: 'bundle', key: `slip-${data.pause}-${data.hash}`, shown: data, state: 'open' }] };
}

function closed(turn: Turn, data: Answered): Turn {
  const state: PauseState = data.state === 'expired' || data.state === 'cancelled' ? data.state : 'answered';
  const blocks = turn.blocks.map((b): Block => {
    const pause = b.kind === 'question' ? b.question.pause : b.kind === 'bundle' ? b.shown.pause : '';
    if (pause !== data.pause || !('state' in b) || b.state === 'superseded') return b;
    return { ...b, state, answer: data.answer };
  });
  // A turn that ended in a question goes on once it is answered.
  const goesOn = state === 'answered' && (turn.outcome === 'question' || turn.outcome === 'waiting');
  return goesOn ? { ...turn, blocks, done: false, outcome: undefined } : { ...turn, blocks };
}

type OrderBlock = Extract<Block, { kind: 'order' }>;

/** Payments and states of one order share one card, wherever in the turn it first came up. */
function onOrder(turn: Turn, id: string, change: (b: OrderBlock) => OrderBlock): Turn {
  if (!id) return turn;
  const at = turn.blocks.findIndex((b) => b.kind === 'order' && b.id === id);
  if (at < 0) return block(turn, change({ kind: 'order', key: `order-${id}`, id }));
  return { ...turn, blocks: turn.blocks.map((b, i) => (i === at ? change(b as OrderBlock) : b)) };
}

function block(turn: Turn, made: Block): Turn {
  return { ...turn, blocks: [...turn.blocks, made] };
}

// What the screen asks of a thread.

/** What a finished turn came to: orders done and what they cost, and the goals that came to nothing. */
export function endOf(turn: Turn): { done: number; failed: Goal[]; paid: number; currency: string } {
  const orders = turn.blocks.flatMap((b) => (b.kind === 'order' && b.order ? [b] : []));
  const none = { done: 0, failed: [], paid: 0, currency: '' };
  if (!turn.done || orders.length === 0 || orders.some((b) => !['fulfilled', 'failed', 'cancelled', 'refunded'].includes(b.order!.state))) return none;
  const good = orders.filter((b) => b.order!.state === 'fulfilled');
  const ordered = new Set(orders.filter((b) => b.order!.state !== 'failed').map((b) => b.order!.quote.goal));
  const failed = turn.goals.filter((g) => !ordered.has(g.id) && (orders.some((b) => b.order!.quote.goal === g.id) || failedStep(turn, g.id)));
  const kept = good.map((b) => b.order!).map((o) => (o.paid?.currency ? o.paid : o.quote.amount));
  return { done: good.length, failed, paid: kept.reduce((n, m) => n + m.amount, 0), currency: kept[0]?.currency ?? '' };
}

/** The goals that did not make it onto a slip, and why. */
export function missingFrom(turn: Turn, shown: BundleShown): { title: string; why: string }[] {
  const there = new Set((shown.bundle.orders ?? []).map((q) => q.goal));
  const bought = new Set(turn.blocks.flatMap((b) => (b.kind === 'order' && b.order ? [b.order.quote.goal] : [])));
  return turn.goals.filter((g) => !there.has(g.id) && !bought.has(g.id))
    .map((g) => ({ title: g.title, why: failedStep(turn, g.id)?.note })).filter((g) => g.why !== undefined) as { title: string; why: string }[];
}

const failedStep = (turn: Turn, goal: string) => turn.steps.find((s) => s.goal === goal && s.state === 'failed');

/** Bangwo's words without the lines on goals whose order stands there as a card: a card is not said again. */
export function replyOf(turn: Turn, text: string): string {
  const told = new Set(turn.blocks.flatMap((b) => (b.kind === 'order' && b.order ? [b.order.quote.goal] : b.kind === 'card' && b.card.kind === 'result' ? [b.card.goal] : [])));
  const titles = turn.goals.filter((g) => told.has(g.id)).map((g) => g.title);
  return text.split('\n').filter((line) => !titles.some((title) => line.startsWith(`${title}：`) || line.startsWith(`${title}: `))).join('\n').trim();
}

/**
 * The blocks as they are drawn. What waits for the person stands last, where they look. A result whose goal has an
 * order is told by the order's own card, so the same thing does not stand there twice.
 */
export function shownBlocks(turn: Turn): Block[] {
  const ordered = new Set(turn.blocks.map((b) => (b.kind === 'order' ? b.order?.quote.goal : undefined)).filter((g) => g !== undefined));
  const waits = (b: Block) => Number((b.kind === 'question' || b.kind === 'bundle') && b.state === 'open');
  // An order that was placed anew (at another price) is told by its successor.
  const latest = new Map(turn.blocks.flatMap((b) => (b.kind === 'order' && b.order ? [[b.order.quote.goal, b.id]] : [])));
  const replaced = (b: Block) => b.kind === 'order' && b.order?.state === 'failed' && latest.get(b.order.quote.goal) !== b.id;
  return turn.blocks
    .filter((b) => !replaced(b))
    .filter((b) => !(b.kind === 'card' && b.card.kind === 'result' && ordered.has(b.card.goal)))
    .toSorted((a, b) => waits(a) - waits(b));
}

/** The turn that is being worked on, if any: the newest that is not done. */
export function runningTurn(thread: Thread): Turn | undefined {
  const last = thread.turns.at(-1);
  return last && !last.done ? last : undefined;
}

/** The pause that waits for the person: the newest open one. Only the last turn's count. */
export function openPause(thread: Thread): Extract<Block, { kind: 'question' | 'bundle' }> | undefined {
  const blocks = thread.turns.at(-1)?.blocks ?? [];
  for (const b of blocks.toReversed()) {
    if ((b.kind === 'question' || b.kind === 'bundle') && b.state === 'open') return b;
  }
  return undefined;
}

export interface Progress { total: number; finished: number; failed: number; undone: number; current: number; waiting: boolean; running: boolean; elapsed: number }

/** How far a turn's plan is. Steps that are for after the confirmation count as not finished. */
export function progressOf(turn: Turn): Progress {
  const count = (...states: StepState[]) => turn.steps.filter((s) => states.includes(s.state)).length;
  const finished = count('done', 'skipped');
  const failed = count('failed');
  const undone = count('compensated');
  const total = turn.steps.length;
  return {
    total, finished, failed, undone,
    current: Math.min(total, finished + failed + undone + 1),
    waiting: count('waiting') > 0,
    running: count('running') > 0,
    elapsed: turn.steps.reduce((most, s) => Math.max(most, s.elapsed), 0),
  };
}
