export const DRINKS = [
  ['ND01', '珍珠奶茶', 'Pearl Milk Tea', '奶茶', 1400], ['ND02', '红豆奶茶', 'Red Bean Milk Tea', '奶茶', 1500], ['ND03', '乌龙奶茶', 'Oolong Milk Tea', '奶茶', 1500], ['ND04', '布丁奶茶', 'Pudding Milk Tea', '奶茶', 1600],
  ['ND05', '芋泥波波奶茶', 'Taro Boba Milk Tea', '奶茶', 1900], ['GC01', '杨枝甘露', 'Mango Pomelo Sago', '果茶', 2200], ['GC02', '满杯百香果', 'Passion Fruit Tea', '果茶', 1800], ['GC03', '手打柠檬茶', 'Hand-pounded Lemon Tea', '果茶', 1600],
  ['GC04', '葡萄冻冻', 'Grape Jelly Tea', '果茶', 2000], ['GC05', '草莓摇摇', 'Strawberry Shake', '果茶', 2100], ['CC01', '四季春茶', 'Four Seasons Oolong', '纯茶', 1000], ['CC02', '茉莉绿茶', 'Jasmine Green Tea', '纯茶', 1000],
  ['CC03', '芝士奶盖红茶', 'Cheese Foam Black Tea', '奶盖', 1700], ['CC04', '黑糖鲜奶', 'Brown Sugar Fresh Milk', '鲜奶', 1800]
].map(([productId, title, titleEn, series, priceFen]) => ({ productId, title, titleEn, series, priceFen, onSale: true }));
export const SHOPS = [['S11', '中关村欧美汇店', 260], ['S12', '五道口店', 1900], ['S13', '望京凯德店', 14200], ['S14', '国贸店', 16800]]
  .map(([shopCode, shopName, meters]) => ({ shopCode, shopName, meters }));
