// 价格单位：元
module.exports = [
  { dishId: 'N01', name: '红烧牛肉面', en: 'Braised Beef Noodles', category: '面', price: 28 },
  { dishId: 'N02', name: '清汤牛肉面', en: 'Clear Soup Beef Noodles', category: '面', price: 26 },
  { dishId: 'N03', name: '番茄鸡蛋面', en: 'Tomato Egg Noodles', category: '面', price: 20 },
  { dishId: 'N04', name: '炸酱面', en: 'Zhajiang Noodles', category: '面', price: 22 },
  { dishId: 'N05', name: '油泼面', en: 'Hot Oil Noodles', category: '面', price: 19 },
  { dishId: 'B01', name: '小笼包（8 只）', en: 'Soup Dumplings (basket of 8)', category: '点心', price: 16 },
  { dishId: 'B02', name: '油条', en: 'Youtiao', category: '点心', price: 4 },
  { dishId: 'B03', name: '韭菜盒子', en: 'Chive Pocket', category: '点心', price: 7, soldOut: true },
  { dishId: 'C01', name: '凉拌黄瓜', en: 'Smashed Cucumber', category: '小菜', price: 12 },
  { dishId: 'C02', name: '酱牛肉', en: 'Sliced Cold Beef', category: '小菜', price: 32 },
  { dishId: 'D01', name: '豆浆', en: 'Soy Milk', category: '饮品', price: 5 },
  { dishId: 'D02', name: '酸梅汤', en: 'Sour Plum Drink', category: '饮品', price: 8 }
]
