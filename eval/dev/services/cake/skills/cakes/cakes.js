module.exports = [
  { cakeId: 'ck1', name: '草莓鲜奶蛋糕', nameEn: 'Strawberry Cream Cake', flavour: '草莓', sugarFree: false, price: 168, tags: ['生日', 'birthday', 'strawberry'] },
  { cakeId: 'ck2', name: '黑森林巧克力蛋糕', nameEn: 'Black Forest Chocolate Cake', flavour: '巧克力', sugarFree: false, price: 188, tags: ['生日', 'birthday', 'chocolate'] },
  { cakeId: 'ck3', name: '芒果千层', nameEn: 'Mango Mille Crepe', flavour: '芒果', sugarFree: false, price: 198, tags: ['下午茶', 'mango'] },
  { cakeId: 'ck4', name: '无糖坚果戚风', nameEn: 'Sugar-free Nut Chiffon', flavour: '坚果', sugarFree: true, price: 158, tags: ['老人', '无糖', 'sugar-free'] },
  { cakeId: 'ck5', name: '提拉米苏', nameEn: 'Tiramisu', flavour: '咖啡', sugarFree: false, price: 208, tags: ['纪念日', 'anniversary'] },
  { cakeId: 'ck6', name: '寿桃蛋糕', nameEn: 'Longevity Peach Cake', flavour: '香草', sugarFree: false, price: 228, tags: ['祝寿', '老人'] }
]
