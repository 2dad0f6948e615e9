module.exports = [
  { sku: 'APL-4', name: '红富士苹果', en: 'fuji apple', spec: '4 个装', price: 19.9 },
  { sku: 'APL-BOX', name: '红富士苹果（整箱）', en: 'fuji apple box', spec: '整箱 5 斤', price: 49 },
  { sku: 'TNG-3', name: '砂糖橘', en: 'sugar tangerine mandarin', spec: '3 斤', price: 24.8 },
  { sku: 'GRP-1', name: '阳光玫瑰葡萄', en: 'shine muscat grape', spec: '一串约 500g', price: 39.9 },
  { sku: 'CHR-JJ', name: '智利车厘子 JJ 级', en: 'cherry JJ', spec: '500g', price: 89 },
  { sku: 'CHR-JJJ', name: '智利车厘子 JJJ 级', en: 'cherry JJJ', spec: '1kg', price: 198 },
  { sku: 'BNN-1', name: '海南香蕉', en: 'banana', spec: '一把约 800g', price: 12.9 },
  { sku: 'STB-1', name: '丹东草莓', en: 'strawberry', spec: '一盒 300g', price: 45 },
  { sku: 'DUR-1', name: '金枕榴莲', en: 'durian', spec: '整个约 2.5kg', price: 168 },
  { sku: 'WML-H', name: '麒麟西瓜（半个）', en: 'watermelon half', spec: '半个约 2kg', price: 22 },
  { sku: 'CUT-S', name: '果切拼盘', en: 'cut fruit platter small', spec: '小份', price: 29 },
  { sku: 'CUT-L', name: '果切拼盘', en: 'cut fruit platter large', spec: '大份', price: 49 },
  { sku: 'AVO-2', name: '牛油果', en: 'avocado', spec: '2 个装', price: 19.9 },
  { sku: 'BLB-1', name: '蓝莓', en: 'blueberry blueberries', spec: '一盒 125g', price: 18 },
  { sku: 'MNG-1', name: '海南芒果', en: 'mango', spec: '3 斤', price: 36, soldOut: true }
]
