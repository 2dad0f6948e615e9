exports.SHOPS = [
  { shopCode: 'ZGC', shopName: '亮车坊（中关村店）', addr: '海淀区中关村南路 12 号地下一层', open: '08:00-20:00' },
  { shopCode: 'WJ', shopName: '亮车坊（望京店）', addr: '朝阳区广顺北大街 33 号', open: '08:00-20:00' },
  { shopCode: 'GM', shopName: '亮车坊（国贸店）', addr: '朝阳区建国路 91 号地下二层', open: '08:00-21:00' }
];
// packId: [shop, name, sedan, suv, minutes]
exports.PACKS = {
  'zgc-101': ['ZGC', '标准洗车', 3500, 4500, 30],
  'zgc-102': ['ZGC', '精洗', 8800, 10800, 60],
  'zgc-103': ['ZGC', '打蜡', 19800, 23800, 90],
  'wj-201': ['WJ', '标准洗车', 3500, 4500, 30],
  'wj-202': ['WJ', '精洗', 8800, 10800, 60],
  'wj-205': ['WJ', '内饰清洁', 16800, 19800, 120],
  'gm-301': ['GM', '标准洗车', 4500, 5500, 30],
  'gm-302': ['GM', '精洗', 9800, 12800, 60],
  'gm-303': ['GM', '打蜡', 22800, 26800, 90],
  'gm-305': ['GM', '内饰清洁', 18800, 21800, 120]
};
exports.ADDONS = [{ code: 'TIRE', title: '轮胎轮毂养护', fen: 2000 }, { code: 'GLASS', title: '前挡镀膜', fen: 6000 }];
exports.all = function () { return my.getStorageSync({ key: 'lcf_books' }).data || []; };
exports.put = function (data) { my.setStorageSync({ key: 'lcf_books', data: data }); };
exports.err = function (t) { return { isError: true, content: [{ type: 'text', text: t }] }; };
