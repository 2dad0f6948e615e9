const R = [
  ['r1', '蜀香小馆', '川菜', 4.7, 20, 3, [['d101', '宫保鸡丁盖饭', 26, true], ['d102', '麻婆豆腐', 22, true], ['d103', '水煮牛肉', 58, true], ['d104', '回锅肉', 42, true], ['d105', '米饭', 3, false]]],
  ['r2', '老北京炸酱面', '面食', 4.5, 15, 2, [['d201', '炸酱面', 24, false], ['d202', '打卤面', 26, false], ['d203', '拍黄瓜', 14, false], ['d204', '北冰洋汽水', 7, false]]],
  ['r3', '粤来粤好', '粤菜', 4.8, 40, 5, [['d301', '叉烧饭', 36, false], ['d302', '虾饺', 32, false], ['d303', '干炒牛河', 38, false], ['d304', '白灼菜心', 26, false]]],
  ['r4', '汉堡研究所', '汉堡', 4.4, 25, 4, [['d401', '经典牛肉堡', 32, false], ['d402', '香辣鸡腿堡', 28, true], ['d403', '薯条', 14, false], ['d404', '可乐', 8, false], ['d405', '鸡块', 18, false]]],
  ['r5', '张姐麻辣烫', '麻辣烫', 4.6, 18, 3, [['d501', '招牌麻辣烫', 29, true], ['d502', '骨汤麻辣烫', 29, false], ['d503', '手工面筋', 9, false]]],
  ['r6', '一膳轻食', '轻食沙拉', 4.3, 30, 4, [['d601', '鸡胸肉沙拉', 39, false], ['d602', '牛油果虾仁沙拉', 48, false], ['d603', '全麦三明治', 28, false]]],
  ['r7', '东北饺子王', '饺子', 4.5, 20, 3, [['d701', '猪肉白菜水饺', 24, false], ['d702', '韭菜鸡蛋水饺', 22, false], ['d703', '锅包肉', 46, false]]]
]
module.exports = R.map(([restaurantId, name, cuisine, rating, minOrder, deliveryFee, d], i) => ({ restaurantId, name, cuisine, rating, minOrder, deliveryFee, etaMinutes: 28 + i * 3,
  dishes: d.map(([dishId, dishName, price, spicy]) => ({ dishId, dishName, price, spicy })) }))
