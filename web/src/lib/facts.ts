/**
 * What of a merchant's structured answer is news to a person. The answer is data of a merchant's own making: it is
 * told under generic labels where its names are common ones, else under the merchant's own words for them (its schema),
 * and what is for machines (ids, states, links, money that the payment tells) is left out.
 */
import { t, type Key } from './i18n.svelte';
import { inLang, readable, wordsOf } from './merchant';
import { moment } from './format';
import type { Detail, Quote } from './types';

/** A fact, and whether it is something to show at a counter or to look for in the street. */
export interface Fact extends Detail { key?: string; loud?: boolean }

const most = 6;
const longest = 120;
const longestLabel = 16;
const deepest = 2;

// Words in a name that make it a machine's, or money's, which the payment tells, or a wish to be paid, which has been met.
const machine = new Set(('id uuid guid token hash sign signature nonce url uri link href path page query icon image img logo avatar color type kind category ' +
  'status state code_type success ok error currency lat lng latitude longitude payee pay paid payable unpaid payment prepay amount price fee fees fare fen cents ' +
  'total subtotal discount quantity qty count limit offset version sku ref reference rating score created updated timestamp lang locale valid hint ' +
  'refundable cancellation keyword keywords search query').split(' '));
const keywordNames = /^(keyword|keywords|query|q|search|text|locale|lang)$/i;
// A sentence that asks to pay is out of date once the payment stands on the same card.
const dun = /(付款|支付|缴费).{0,12}(分钟|小时|之前|以内|前|内)|(分钟|小时).{0,6}(内|之内|以内).{0,8}(付|支付)|待付款|未付款|\b(un|not (yet )?)paid\b|\bpay (within|before|by)\b|\bwithin .{1,20}pay\b/i;

/** Common names, in the order in which they matter: what opens the door first. */
const common: [Key, RegExp, boolean?][] = [
  ['fact.pickup_code', /^(pick ?up|take|meal|collect(ion)?|fetch) ?(code|no|number)$|^pickup$|^(取(餐|货|件|物)(码|号))$/, true],
  ['fact.code', /^(verification|redeem|voucher|door|access|entry|check ?in|ticket) ?code$|^code$/, true],
  ['fact.plate', /^(licen[cs]e |car |vehicle )?plate( no| number)?$|^(车牌号?)$/, true],
  ['fact.driver', /^driver( name)?$|^(司机(姓名)?)$/],
  ['fact.courier', /^(courier|rider|delivery ?man|deliverer)( name)?$|^((快递|配送|骑手|送餐)员?|骑手)$/],
  ['fact.car', /^(car|vehicle)( model| name)?$|^(车辆|车型)$/],
  ['fact.driver_phone', /^(driver|courier|rider|contact|shop|store|outlet)? ?(phone|tel|mobile)( number)?$|^((司机|联系|门店)?电话)$/],
  ['fact.table', /^table( no| number)?$|^(桌号)$/, true],
  ['fact.seat', /^seats?( no| number)?$|^(座位号?)$/, true],
  ['fact.room', /^room( no| number)?$|^(房间号?)$/, true],
  ['fact.eta_min', /^(pickup |arrival |driver )?(eta|wait|waiting)( in)? ?(min|mins|minutes)?$/],
  ['fact.pickup_time', /^(pick ?up|ready|collect) ?(time|at)$|^(取(餐|货|件)时间)$/],
  ['fact.delivery_time', /^(delivery|deliver|arrival|arrives?|delivered) ?(time|at|window|slot|by)$|^((配送|送达|上门)时间)$/],
  ['fact.delivery_date', /^(delivery|arrival) ?date$|^((配送|送达)日期)$/],
  ['fact.duration_min', /^(duration|trip|ride) ?(min|mins|minutes)$/],
  ['fact.origin', /^(origin|from|pick ?up( point| address)?|start)$|^(上车(点|地点)|出发(地|点)?|起点)$/],
  ['fact.destination', /^(destination|to|drop ?off( point| address)?)$|^(目的地|终点|下车点)$/],
  ['fact.shop', /^(outlet|shop|store|branch)( name)?$|^(((自提|取餐|取货)?门店|店铺)(名称)?)$/],
  ['fact.address', /^(outlet|shop|store|branch|delivery)? ?address$|^((门店|配送|收货|送货)?地址)$/],
  ['fact.free_until', /^free cancel(lation)? (until|before)$/],
  ['fact.hold_until', /^(hold|held|keep|kept|reserved) (until|till|to)$/],
  ['fact.receiver', /^(receiver|recipient|contact)( name)?$|^(收(货|件|花)人)$/],
  ['fact.card', /^card ?(message|text)$|^(贺卡(内容)?)$/],
  ['fact.note', /^(note|notes|remark|remarks|memo|comment)$|^(备注)$/],
  ['fact.tracking', /^tracking ?(no|number|code)$|^(运单号|快递单号)$/],
  ['fact.order_no', /^(order|reservation|booking|confirmation) ?(no|number|code)$|^((订单|预订|预约)号)$/],
];

/** The facts of a merchant's answer. `told` is what the card shows already, `labels` the merchant's words for its names. */
export function factsOf(result: unknown, told?: Quote, labels: Record<string, string> = {}): Fact[] {
  const known = toldBy(told);
  const found: { fact: Fact; rank: number }[] = [];
  for (const [name, value] of leaves(result, 0)) {
    const fact = factOf(name, value, labels);
    if (fact && !known.has(fact.value) && !found.some((f) => f.fact.value === fact.value || f.fact.label === fact.label)) {
      // What has no common name stands before the number that only the merchant needs.
      found.push({ fact, rank: Math.min(rankOf(fact.key), common.length - 1.5) + (fact.key === 'fact.order_no' ? 1 : 0) });
    }
  }
  return found.sort((a, b) => a.rank - b.rank).slice(0, most).map((f) => f.fact);
}

/** The details of a quote as they are shown: in the person's language, and what the card shows elsewhere not again. */
export function detailsOf(quote: Quote): Detail[] {
  const known = toldBy({ ...quote, details: [] });
  return (quote.details ?? [])
    .filter((d) => !known.has(d.value) && !keywordNames.test(d.label))
    .map((d) => ({ rank: rankOf(genericLabel(d.label)?.key), label: labelOf(d.label), value: inLang(d.value) }))
    .sort((a, b) => a.rank - b.rank).map(({ label, value }) => ({ label, value }));
}

/** A label that people can read stays the merchant's own; a machine's name and another language's word do not. */
function labelOf(label: string): string {
  const own = isName(label) ? wordsOf(label).join(' ') : inLang(label);
  return !isName(label) && readable(own) ? own : (genericLabel(label)?.label ?? own);
}

function rankOf(key: string | undefined): number {
  const rank = common.findIndex(([k]) => k === key);
  return rank < 0 ? common.length : rank;
}

function toldBy(quote: Quote | undefined): Set<string | undefined> {
  return new Set([quote?.payee_name, quote?.address, quote?.time, ...(quote?.details ?? []).map((d) => d.value),
    ...(quote?.lines ?? []).flatMap((l) => [l.title, ...(l.options ?? [])])]);
}

function factOf(name: string, raw: string | number, labels: Record<string, string>): Fact | undefined {
  const value = inLang(String(raw).trim()).slice(0, longest);
  if (value === '' || dun.test(value)) return undefined;
  const generic = genericLabel(name);
  if (generic?.key?.endsWith('_min') && Number.isFinite(Number(raw))) return { ...generic, value: t('fact.minutes', { n: Number(raw) }) };
  const own = ofSchema(labels[name]);
  if (generic) return { ...generic, label: own || generic.label, value };
  if (isCode(value) || wordsOf(name).some((w) => machine.has(w))) return undefined;
  if (own) return { label: own, value };
  // A number without words for it says nothing; a text may explain itself.
  return typeof raw === 'string' && wordsOf(name).length <= 3 ? { label: wordsOf(name).join(' '), value } : undefined;
}

function genericLabel(name: string): Fact | undefined {
  const plain = wordsOf(name).join(' ');
  const row = common.find(([, pattern]) => pattern.test(plain));
  return row && { key: row[0], label: t(row[0]), value: '', loud: row[2] ?? false };
}

/** A schema's words, short enough for a label and in the person's language; else none. */
function ofSchema(text: string | undefined): string {
  const short = inLang((text ?? '').replace(/（/g, '(')).split(/[(：:，,。;；]/)[0]!.trim();
  return short.length > 0 && short.length <= longestLabel * (readable('a') ? 2 : 1) && readable(short) ? short : '';
}

/** A bare lower-case name as a value (economy, on_the_way) is a machine's word; a moment and a number are not. */
function isCode(value: string): boolean {
  return /^[a-z]+([_-][a-z]+)*$/.test(value) || /^[A-Z]+(_[A-Z]+)+$/.test(value) || /^https?:/i.test(value) || (value.length > 40 && !/\s|\p{Script=Han}/u.test(value) && moment(value) === undefined);
}

const isName = (label: string) => /^[a-z][A-Za-z\d]*([_-][A-Za-z\d]+)*$/.test(label);

function* leaves(x: unknown, depth: number): Generator<[string, string | number]> {
  if (typeof x !== 'object' || x === null || Array.isArray(x) || depth >= deepest) return;
  for (const [name, value] of Object.entries(x)) {
    if (typeof value === 'string' || typeof value === 'number') yield [name, value];
    else yield* leaves(value, depth + 1);
  }
}
