module.exports = [
  { itemId: 11, title: '纯色美甲', en: 'Solid colour gel manicure', price: 128, minutes: 60 },
  { itemId: 12, title: '猫眼美甲', en: 'Cat eye gel manicure', price: 188, minutes: 80 },
  { itemId: 13, title: '法式美甲', en: 'French manicure', price: 168, minutes: 80 },
  { itemId: 14, title: '延长甲', en: 'Gel extensions', price: 268, minutes: 120 },
  { itemId: 21, title: '手部护理', en: 'Hand care', price: 98, minutes: 40 },
  { itemId: 22, title: '足部护理', en: 'Pedicure and foot care', price: 138, minutes: 60 },
  { itemId: 31, title: '单独卸甲', en: 'Gel removal only', price: 50, minutes: 30 }
]
