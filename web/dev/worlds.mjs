import { fileURLToPath } from 'node:url';

// Platforms for the tests and the screenshots: what is wrong with the demo merchants in each, and who else is there.
const seats = {
  message: '坐哪里？有什么要嘱咐的？ / Where would you like to sit?',
  schema: {
    type: 'object', required: ['area', 'guests'],
    properties: {
      area: { type: 'string', title: '座位 / Area', enum: ['window', 'garden', 'bar'], enumNames: ['窗边 Window', '花园 Garden', '吧台 Bar'] },
      guests: { type: 'integer', title: '人数 / Guests', minimum: 1, maximum: 12 },
      birthday: { type: 'boolean', title: '有人过生日 / Somebody has a birthday' },
      note: { type: 'string', title: '备注 / Note', description: '忌口、轮椅…… / Allergies, a wheelchair …', maxLength: 80 },
    },
  },
};

const one = (id, title, price) => [{ id, title, price }];

export const shops = {
  table: { name: '望山餐厅', noun: '餐位 dinner table', words: '订位 吃饭 reserve a dinner table', items: one('t', '晚餐餐位', 5000), form: seats,
    shape: { tableNo: { type: 'string', description: '桌号' }, holdUntil: { type: 'string', format: 'date-time', title: '保留到 / Held until' } },
    answer: { tableNo: 'B7', holdUntil: '2026-12-01T19:15:00+08:00' } },
  laundry: { name: '洁净洗衣', noun: '洗衣 laundry', words: '洗衣服 wash clothes', items: one('w', '上门洗衣一袋', 3900) },
  bakery: { name: '麦田烘焙', noun: '生日蛋糕 birthday cake', words: '蛋糕 cake', items: one('c', '八寸草莓奶油生日蛋糕', 16800) },
  books: { name: '字里书屋', noun: '菜谱书 cookbook', words: '书 book', items: one('b', '《一个人的厨房：写给忙碌的人的三百六十五道家常菜》精装修订版菜谱书', 8800) },
  hamper: { name: '山野食集', noun: '野餐篮 picnic hamper', words: '野餐 picnic', items: one('h', '野餐篮 picnic hamper', 450), lines: 20 },
  repair: { name: '快修师傅', noun: '修水管 plumber', words: '水管 漏水 plumbing repair', items: one('r', '上门修水管', 8000), reject: '今天的师傅都约满了' },
};

const parcelFolder = fileURLToPath(new URL('../e2e/merchants/parcel', import.meta.url));

export const worlds = {
  plain: {},
  slow: { faults: { ride: { RIDE_FAULT: 'slow', RIDE_SLOW: '2s' }, coffee: { fault_slow: 1200 } } },
  surge: { faults: { ride: { RIDE_SURGE: '1.4' } } },
  soldOut: { faults: { coffee: { fault_down: 'createOrder' } } },
  dear: { faults: { coffee: { fault_price: 3 } } },
  others: { shops, packages: { parcel: { folder: parcelFolder, name: '轻舟快递' } } },
  down: { faults: { ride: { RIDE_FAULT: 'down' } } },
};
