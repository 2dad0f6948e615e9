import { afterEach, describe, expect, test } from 'vitest';
import { detailsOf, factsOf } from '../src/lib/facts';
import { locale } from '../src/lib/i18n.svelte';
import { ideasOf } from '../src/lib/ideas';
import { inLang, stepTitle } from '../src/lib/merchant';
import { quote } from './events';

afterEach(() => locale.use('en'));
const shown = (result: unknown, labels = {}) => factsOf(result, undefined, labels).map((f) => [f.label, f.value]);

describe('of a merchant\'s answer', () => {
  test('common names have generic labels in the person\'s language, whatever way they are written', () => {
    const answer = { driver: { driver_name: '李师傅', plate: 'A·1' }, PickupCode: 'A27', 'pickup-eta-min': 4, orderNo: 'X1' };
    expect(shown(answer)).toEqual([['Pick-up code', 'A27'], ['Plate', 'A·1'], ['Driver', '李师傅'], ['Arrives in', '4 min'], ['Merchant’s no.', 'X1']]);
    locale.use('zh');
    expect(shown(answer).map(([l]) => l)).toEqual(['取货码', '车牌', '司机', '预计到达', '商家单号']);
  });

  test('other names are told in the merchant\'s own words for them, in the half that is read', () => {
    const labels = { doorKey: '门禁 / Door key', waitHere: 'Where to wait (optional, free text)', zhOnly: '只有中文' };
    expect(shown({ doorKey: 'K-9', waitHere: 'Gate 3', zhOnly: 'G4' }, labels)).toEqual([['Door key', 'K-9'], ['Where to wait', 'Gate 3'], ['zh only', 'G4']]);
    locale.use('zh');
    expect(shown({ doorKey: 'K-9' }, labels)).toEqual([['门禁', 'K-9']]);
  });

  test('what is for machines, money, states and demands to pay is not told', () => {
    expect(shown({ order_id: 'x', orderStatus: 'ok', amount_fen: 900, payBefore: '2026-11-24T08:32:20Z', note: '请在 15 分钟内付款', remark: 'Please pay within 15 minutes',
      car_type: 'economy', phase: 'on_the_way', link: 'https://x.example/y', deep: { deeper: { deepest: 1 } }, list: ['a'], empty: '', nothing: null, left: 3,
      blob: 'eyJmIjoiemhvbmdndWFuY3VuIiwidCI6ImNhcGl0YWwtYWly' })).toEqual([]);
    expect(shown('text')).toEqual([]);
    expect(shown(null)).toEqual([]);
  });

  test('nothing is told twice, and not too much', () => {
    expect(factsOf({ shop: 'Shop g1', where: 'Here 1', receiver: 'Lin' }, quote('g1', 900)).map((f) => f.value)).toEqual(['Lin']);
    expect(factsOf(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`thing${String.fromCharCode(97 + i % 26)}${i}`, `Thing ${i}`])))).toHaveLength(6);
    expect(shown({ a: 'x'.repeat(20) + ' '.repeat(5) + 'y'.repeat(400) })[0]![1]!.length).toBeLessThanOrEqual(120);
  });
});

test('details of a quote keep what was signed, without search words and what stands there already', () => {
  const q = { ...quote('g1', 900), address: 'Airport', details: [
    { label: '目的地 / destination', value: 'Airport' }, { label: '上车点', value: 'Home' }, { label: 'keyword', value: 'car' }, { label: 'childSeat', value: 'Yes' }] };
  expect(detailsOf(q).map((d) => [d.label, d.value])).toEqual([['From', 'Home'], ['child seat', 'Yes']]);
});

test('a step made of a machine\'s name begins as a sentence does', () => {
  expect(stepTitle('find Outlets · 拿铁')).toBe('Find outlets · 拿铁');
  expect(stepTitle('Ask McCafe')).toBe('Ask McCafe');
});

test('only a text in two languages is halved', () => {
  expect(inLang('搜索地点 / Search places · 机场')).toBe('Search places · 机场');
  expect(inLang('either / or')).toBe('either / or');
  expect(inLang('甲 / 乙')).toBe('甲 / 乙');
  locale.use('zh');
  expect(inLang('搜索地点 / Search places · 机场')).toBe('搜索地点 · 机场');
  expect(inLang('Book a ride / 叫车下单')).toBe('叫车下单');
});

test('suggestions are the services\' own sentences, two of different services joined first', () => {
  const service = (id: string, examples: string[], title = '') => ({ id, name: id, track: 'skill', examples, capabilities: [{ name: 'x', title, description: '', effect: 'irreversible' }] });
  const ideas = ideasOf([service('a', ['Send A', 'Cancel my A', 'Send A again', '送 A']), service('b', ['订 B'], '订 / Book B'), service('c', [])]);
  expect(ideas.map((i) => i.text)).toEqual(['Book B and, by the way, send A', 'Send A again']);
  expect(ideas[0]!.from).toEqual(['b', 'a']);
  expect(ideasOf([])).toEqual([]);
});
