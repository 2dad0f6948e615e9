// The scripted errands of the development server. Each is a generator of [milliseconds, type, data]; a yielded
// {ask: pause} waits for the person. They follow the event types of internal/assist/event.go.
import { createHash, randomBytes } from 'node:crypto';

export const id = (prefix) => `${prefix}_${randomBytes(5).toString('hex')}`;
const inMinutes = (n) => new Date(Date.now() + n * 60_000).toISOString();
const hash = (x) => createHash('sha256').update(JSON.stringify(x)).digest('hex');
const zh = (text) => /\p{Script=Han}/u.test(text);

function words(text) {
  const L = zh(text);
  return {
    L,
    ride: L ? '去首都机场 T3 的车' : 'A car to Capital Airport T3',
    coffee: L ? '低糖拿铁' : 'Low-sugar latte',
    rideShop: L ? '青鸟出行' : 'Bluebird Rides',
    coffeeShop: L ? '山谷咖啡' : 'Valley Coffee',
    less: L ? '少糖' : 'less sugar', medium: L ? '中杯' : 'medium', hot: L ? '热' : 'hot',
    comfort: L ? '舒适型' : 'Comfort',
    home: L ? '朝阳区望京街 9 号院 3 号楼' : '9 Wangjing St, Building 3',
  };
}

function planOf(turn, w) {
  const step = (i, goal, service, capability, title, effect, needs = []) =>
    ({ id: `s${i}`, goal, service, capability, title, args: {}, effect, needs });
  return {
    turn, hash: hash(turn),
    steps: [
      step(1, 'g1', 'ride', 'find_places', w.L ? '找到目的地' : 'Find the destination', 'read'),
      step(2, 'g1', 'ride', 'quote_ride', w.L ? '比较车型和价格' : 'Compare cars and prices', 'read', ['s1']),
      step(3, 'g2', 'coffee', 'searchStores', w.L ? '找附近的门店' : 'Find shops nearby', 'read'),
      step(4, 'g2', 'coffee', 'searchDrinks', w.L ? '挑选饮品' : 'Choose the drink', 'read', ['s3']),
      step(5, 'g2', 'coffee', 'createOrder', w.L ? '准备咖啡订单' : 'Prepare the coffee order', 'reversible', ['s4']),
      step(6, 'g1', 'ride', 'book_ride', w.L ? '叫车' : 'Book the car', 'irreversible', ['s2']),
    ],
  };
}

function stepper(turn, plan) {
  return (n, state, more = {}) => {
    const s = plan.steps[n - 1];
    return ['step', { turn, id: s.id, goal: s.goal, title: s.title, state, ...more }];
  };
}

function bundleOf(turn, person, w, ridePrice, policy = 'all') {
  const orders = [
    {
      goal: 'g1', service: 'ride', payee: 'm_ride', payee_name: w.rideShop, sandbox: true,
      lines: [{ title: w.ride, options: [w.comfort, w.L ? '1 位乘客' : '1 passenger'], quantity: 1, amount: ridePrice }],
      amount: { amount: ridePrice, currency: 'CNY' }, estimated: false,
      address: w.home, time: w.L ? '现在出发，约 48 分钟' : 'Leaving now, about 48 min',
      details: [{ label: w.L ? '路线' : 'Route', value: w.L ? '望京街 → 首都机场 T3，31 公里' : 'Wangjing St → Capital Airport T3, 31 km' }],
      expires: inMinutes(5),
    },
    {
      goal: 'g2', service: 'coffee', payee: 'm_coffee', payee_name: w.coffeeShop, sandbox: true, order_ref: 'VC-20391',
      lines: [{ title: w.L ? '拿铁' : 'Latte', options: [w.medium, w.less, w.hot], quantity: 3, amount: 5400 }],
      amount: { amount: 5400, currency: 'CNY' },
      address: w.L ? '望京 SOHO 店 · 自提' : 'Wangjing SOHO shop · pick up', time: w.L ? '约 12 分钟后可取' : 'Ready in about 12 min',
      expires: inMinutes(5),
    },
  ];
  return {
    id: id('bundle'), turn, person, orders, policy, plan_hash: hash(turn), expires: inMinutes(5),
    total: { amount: orders.reduce((n, o) => n + o.amount.amount, 0), currency: 'CNY' },
  };
}

export function scriptFor(text) {
  if (/表单|form/i.test(text)) return form;
  if (/火星|mars/i.test(text)) return refused;
  if (/吗|什么|哪|which|what/i.test(text)) return answer;
  if (/车|car|ride|咖啡|拿铁|latte|coffee/i.test(text)) return errand;
  return flowers;
}

async function* prepare(turn, text, w) {
  yield [350, 'goals', { turn, engine: 'embedded', goals: [
    { id: 'g1', text: w.L ? '叫辆车去机场' : 'order a car to the airport', title: w.L ? '叫车去机场' : 'Car to the airport', service: 'ride' },
    { id: 'g2', text: w.L ? '在附近订三杯低糖拿铁' : 'reserve three low-sugar lattes nearby', title: w.L ? '拿铁' : 'Latte', count: 3,
      options: [w.L ? '低糖' : 'low sugar', w.L ? '附近' : 'nearby'], service: 'coffee' },
  ] }];
}

async function* errand(turn, text, context) {
  const w = words(text);
  yield* prepare(turn, text, w);
  const plan = planOf(turn, w);
  const step = stepper(turn, plan);
  yield [250, 'plan', plan];
  yield [120, ...step(1, 'running')];
  yield [60, ...step(3, 'running', { progress: 0.3 })];
  yield [420, ...step(1, 'waiting')];
  yield [200, ...step(3, 'done', { elapsed_ms: 610, note: w.L ? '望京 SOHO 店，步行 4 分钟，最近' : 'Wangjing SOHO shop: the nearest, 4 minutes on foot' })];
  yield [80, ...step(4, 'running')];
  const ask = id('pause');
  yield [80, 'question', { pause: ask, turn, goal: 'g1', kind: 'choice', text: w.L ? '去哪个机场？' : 'Which airport?', expires: inMinutes(30), choices: [
    { value: 'PEK-T3', label: w.L ? '首都机场 T3' : 'Capital Airport T3', detail: w.L ? '31 公里，约 48 分钟' : '31 km, about 48 min', amount: 9800 },
    { value: 'PKX', label: w.L ? '大兴机场' : 'Daxing Airport', detail: w.L ? '68 公里，约 75 分钟' : '68 km, about 75 min', amount: 18600 },
  ] }];
  yield [300, ...step(4, 'done', { elapsed_ms: 480, note: w.L ? '拿铁：写着「少糖」可选' : 'Latte: it offers “less sugar”' })];
  yield [50, 'card', { turn, goal: 'g2', kind: 'candidates', title: w.L ? '附近的拿铁' : 'Lattes nearby', items: [
    { title: w.L ? '拿铁 · 山谷咖啡' : 'Latte · Valley Coffee', detail: w.L ? '中杯 · 热 · 4 分钟' : 'medium · hot · 4 min', amount: 1800, chosen: true, why: w.L ? '最近，可少糖' : 'Nearest, and offers less sugar' },
    { title: w.L ? '生椰拿铁 · 山谷咖啡' : 'Coconut latte · Valley Coffee', detail: w.L ? '中杯 · 冰' : 'medium · iced', amount: 2100 },
    { title: w.L ? '燕麦拿铁 · 山谷咖啡' : 'Oat latte · Valley Coffee', detail: w.L ? '中杯 · 热' : 'medium · hot', amount: 2200 },
    { title: w.L ? '拿铁 · 街角咖啡' : 'Latte · Corner Coffee', detail: w.L ? '大杯 · 11 分钟' : 'large · 11 min', amount: 1900 },
  ] }];
  yield [120, ...step(5, 'running')];
  yield [300, ...step(5, 'done', { elapsed_ms: 320 })];
  const got = yield { ask, turn };
  if (!got) return;
  yield [80, ...step(1, 'done', { elapsed_ms: 2900 })];
  yield [60, ...step(2, 'running')];
  yield [500, ...step(2, 'done', { elapsed_ms: 540, note: w.L ? '舒适型，3 分钟到，比专车便宜 ¥41' : 'Comfort: here in 3 minutes, ¥41 cheaper than Premium' })];
  yield* confirmAndPay(turn, text, context, w, step);
}

async function* confirmAndPay(turn, text, context, w, step) {
  let bundle = bundleOf(turn, context.person, w, 9800);
  let pause = id('pause');
  yield [200, 'bundle', { pause, turn, hash: hash(bundle), bundle, balance: context.available() }];
  let got = yield { ask: pause, turn };
  if (!got) return;
  if (!got.approve) return yield* declined(turn, w);
  if (/涨价|surge/i.test(text)) {
    yield [300, ...step(6, 'waiting', { note: w.L ? '价格变了' : 'The price changed' })];
    bundle = bundleOf(turn, context.person, w, 11600, got.policy);
    pause = id('pause');
    yield [100, 'bundle', { pause, turn, hash: hash(bundle), bundle, balance: context.available(), changes: [
      { goal: 'g1', what: w.L ? '金额' : 'amount', before: '¥98.00', after: '¥116.00' }] }];
    got = yield { ask: pause, turn };
    if (!got?.approve) return yield* declined(turn, w);
  }
  yield* fulfil(turn, text, context, w, step, bundle);
}

async function* declined(turn, w) {
  yield [100, 'reply', { turn, text: w.L ? '好的，先不订。没有付款。' : 'All right, not now. Nothing was paid.' }];
  yield [50, 'done', { turn, outcome: 'done' }];
}

async function* fulfil(turn, text, context, w, step, bundle) {
  const fails = /失败|fail/i.test(text);
  const legs = bundle.orders.map((quote) => ({
    id: id('order'), bundle: bundle.id, turn, person: context.person, quote, state: 'held', hold: id('hold'),
    created: new Date().toISOString(), updated: new Date().toISOString(),
  }));
  const payment = (o, status) => ['payment', { turn, order: o.id, payee: o.quote.payee, name: o.quote.payee_name,
    amount: o.quote.amount.amount, currency: 'CNY', status, sandbox: o.quote.sandbox }];
  const to = (o, state, more = {}) => ['order', Object.assign(o, { state, updated: new Date().toISOString(), ...more })];
  for (const o of legs) { yield [40, ...payment(o, 'held')]; yield [20, ...to(o, 'held')]; }
  yield [60, ...step(6, 'running')];
  for (const o of legs) yield [60, ...to(o, 'placing')];
  if (fails) {
    yield [900, ...to(legs[0], 'failed', { reason: w.L ? '附近没有可用的车' : 'No car is available nearby' })];
    yield [20, ...payment(legs[0], 'voided')];
    yield [40, ...step(6, 'failed', { note: w.L ? '附近没有可用的车' : 'No car is available nearby', elapsed_ms: 900 })];
  } else {
    yield [900, ...to(legs[0], 'placed')];
    yield [30, ...payment(legs[0], 'captured')];
    yield [300, ...to(legs[0], 'fulfilled', { paid: legs[0].quote.amount, result: { driver: w.L ? '王师傅' : 'Mr Wang', plate: '京A·D8823', eta_minutes: 3 } })];
    yield [40, ...step(6, 'done', { elapsed_ms: 1240, note: w.L ? '王师傅，京A·D8823，3 分钟到' : 'Mr Wang, 京A·D8823, 3 minutes away' })];
  }
  yield [300, ...to(legs[1], 'placed')];
  yield [30, ...payment(legs[1], 'captured')];
  yield [300, ...to(legs[1], 'fulfilled', { paid: legs[1].quote.amount, result: { pickup_code: 'A27', ready_in_minutes: 12 } })];
  yield [120, 'reply', { turn, text: fails
    ? (w.L ? '咖啡订好了，取餐码 A27。车没有叫到，那一笔没有扣款。' : 'The coffee is ordered, pick-up code A27. No car could be found; that part was not charged.')
    : (w.L ? '都办好了。车 3 分钟到，咖啡取餐码 A27，路过时取就行。' : 'All set. The car is 3 minutes away; the coffee’s pick-up code is A27.') }];
  yield [50, 'done', { turn, outcome: 'done' }];
}

async function* answer(turn, text) {
  const w = words(text);
  yield [250, 'goals', { turn, engine: 'embedded', goals: [{ id: 'g1', text, title: w.L ? '附近的咖啡店' : 'Coffee nearby', service: 'coffee' }] }];
  const plan = { ...planOf(turn, w), steps: [planOf(turn, w).steps[2]] };
  yield [150, 'plan', plan];
  yield [80, ...stepper(turn, plan)(1, 'running')];
  yield [500, ...stepper(turn, plan)(1, 'done', { elapsed_ms: 510 })];
  yield [50, 'card', { turn, goal: 'g1', kind: 'result', title: w.L ? '2 家门店' : '2 shops', items: [
    { title: w.L ? '山谷咖啡 望京 SOHO 店' : 'Valley Coffee, Wangjing SOHO', detail: w.L ? '步行 4 分钟 · 营业到 22:00' : '4 min on foot · open until 22:00' },
    { title: w.L ? '街角咖啡 阜通店' : 'Corner Coffee, Futong', detail: w.L ? '步行 11 分钟 · 营业到 20:30' : '11 min on foot · open until 20:30' },
  ], details: [{ label: w.L ? '位置' : 'Near', value: w.home }] }];
  yield [80, 'reply', { turn, text: w.L ? '附近有两家，山谷咖啡最近。' : 'There are two nearby; Valley Coffee is the nearest.' }];
  yield [30, 'done', { turn, outcome: 'done' }];
}

async function* flowers(turn, text, context) {
  const w = words(text);
  yield [250, 'goals', { turn, engine: 'embedded', goals: [{ id: 'g1', text, title: w.L ? '一束花' : 'A bouquet', count: 1, options: [w.L ? '100 元以内' : 'at most 100 yuan'] }] }];
  const consent = id('pause');
  yield [300, 'question', { pause: consent, turn, goal: 'g1', kind: 'consent', text: w.L ? '「花间」想用你的地址和手机号送货。' : 'Petal Lane wants your address and phone number for the delivery.', expires: inMinutes(30),
    choices: [{ value: 'yes', label: '' }, { value: 'always', label: '' }, { value: 'no', label: '' }] }];
  if (!(yield { ask: consent, turn })) return;
  const note = id('pause');
  yield [300, 'question', { pause: note, turn, goal: 'g1', kind: 'text', text: w.L ? '卡片上写什么？' : 'What should the card say?', expires: inMinutes(30),
    choices: [{ value: w.L ? '生日快乐' : 'Happy birthday', label: w.L ? '生日快乐' : 'Happy birthday' }, { value: '-', label: w.L ? '不写' : 'Nothing' }] }];
  const said = yield { ask: note, turn };
  if (!said) return;
  yield [200, 'reply', { turn, text: w.L ? `记下了：${said.value}` : `Noted: ${said.value}` }];
  yield [30, 'done', { turn, outcome: 'done' }];
}

async function* form(turn, text) {
  const w = words(text);
  const pause = id('pause');
  yield [300, 'question', { pause, turn, kind: 'form', text: w.L ? '航班信息' : 'Your flight', expires: inMinutes(10), schema: {
    type: 'object', required: ['flight', 'bags'], properties: {
      flight: { type: 'string', title: w.L ? '航班号' : 'Flight number', description: 'CA1831', minLength: 3, maxLength: 8 },
      bags: { type: 'integer', title: w.L ? '行李件数' : 'Bags', minimum: 0, maximum: 6, default: 1 },
      seat: { type: 'string', title: w.L ? '座位' : 'Seat', enum: ['window', 'aisle'], enumNames: w.L ? ['靠窗', '过道'] : ['Window', 'Aisle'] },
      meet: { type: 'boolean', title: w.L ? '举牌接机' : 'Meet with a sign', default: false },
    } } }];
  if (!(yield { ask: pause, turn })) return;
  yield [200, 'reply', { turn, text: w.L ? '收到。' : 'Thank you.' }];
  yield [30, 'done', { turn, outcome: 'done' }];
}

async function* refused(turn, text) {
  const w = words(text);
  yield [250, 'goals', { turn, engine: 'embedded', goals: [{ id: 'g1', text, title: w.L ? '去火星的票' : 'A ticket to Mars' }] }];
  yield [200, 'reply', { turn, text: w.L ? '这里还没有能去火星的服务。要不要先叫辆车？' : 'No service here goes to Mars yet. A car, perhaps?' }];
  yield [30, 'done', { turn, outcome: 'refused', code: 'unsupported' }];
}
