// 商品。skus 每项为 [规格, 英文规格, 价格（分）, 库存]。
export const GOODS = [
  { id: 'B01', title: '红玫瑰花束', en: 'Red Rose Bouquet', occasions: ['love', 'anniversary'], flowers: '红玫瑰', skus: [['11 枝', '11 stems', 16800, 20], ['19 枝', '19 stems', 25800, 12], ['33 枝', '33 stems', 42800, 5]] },
  { id: 'B02', title: '粉玫瑰花束', en: 'Pink Rose Bouquet', occasions: ['love', 'birthday'], flowers: '粉玫瑰', skus: [['11 枝', '11 stems', 17800, 15], ['19 枝', '19 stems', 26800, 8]] },
  { id: 'B03', title: '香槟玫瑰花束', en: 'Champagne Rose Bouquet', occasions: ['love', 'thanks'], flowers: '香槟玫瑰', skus: [['11 枝', '11 stems', 17800, 15], ['19 枝', '19 stems', 26800, 8]] },
  { id: 'B04', title: '向日葵花束', en: 'Sunflower Bouquet', occasions: ['birthday', 'graduation'], flowers: '向日葵', skus: [['5 枝', '5 stems', 12800, 20], ['9 枝', '9 stems', 19800, 10]] },
  { id: 'B05', title: '康乃馨花束', en: 'Carnation Bouquet', occasions: ['mother', 'thanks'], flowers: '康乃馨', skus: [['16 枝', '16 stems', 13800, 20], ['29 枝', '29 stems', 21800, 10]] },
  { id: 'B06', title: '百合花束', en: 'Lily Bouquet', occasions: ['birthday', 'visit'], flowers: '百合', skus: [['6 枝', '6 stems', 15800, 15], ['11 枝', '11 stems', 23800, 8]] },
  { id: 'B07', title: '郁金香花束', en: 'Tulip Bouquet', occasions: ['love', 'birthday'], flowers: '郁金香', skus: [['10 枝', '10 stems', 18800, 10], ['20 枝', '20 stems', 31800, 4]] },
  { id: 'B08', title: '满天星花束', en: "Baby's Breath Bouquet", occasions: ['love', 'graduation'], flowers: '满天星', skus: [['小束', 'small', 9800, 20], ['大束', 'large', 16800, 10]] },
  { id: 'B09', title: '洋桔梗花束', en: 'Lisianthus Bouquet', occasions: ['birthday', 'thanks'], flowers: '洋桔梗', skus: [['10 枝', '10 stems', 14800, 12]] },
  { id: 'B10', title: '绣球花束', en: 'Hydrangea Bouquet', occasions: ['birthday', 'thanks'], flowers: '绣球', skus: [['3 枝', '3 stems', 15800, 8], ['5 枝', '5 stems', 23800, 4]] },
  { id: 'B11', title: '雏菊花束', en: 'Daisy Bouquet', occasions: ['graduation', 'visit'], flowers: '雏菊', skus: [['小束', 'small', 7800, 20], ['大束', 'large', 12800, 12]] },
  { id: 'B12', title: '芍药花束', en: 'Peony Bouquet', occasions: ['love', 'anniversary'], flowers: '芍药', skus: [['5 枝', '5 stems', 21800, 4]] },
  { id: 'B13', title: '混搭时令花束', en: 'Seasonal Mixed Bouquet', occasions: ['birthday', 'thanks', 'visit'], flowers: '时令花材', skus: [['小束', 'small', 11800, 20], ['中束', 'medium', 16800, 15], ['大束', 'large', 25800, 8]] },
  { id: 'B14', title: '永生花礼盒', en: 'Preserved Flower Box', occasions: ['love', 'anniversary'], flowers: '永生玫瑰', skus: [['单盒', 'one box', 29800, 6]] },
  { id: 'P01', title: '开业花篮', en: 'Opening Flower Basket', occasions: ['opening'], flowers: '红掌、百合', skus: [['双层', 'two tiers', 19800, 10], ['三层', 'three tiers', 29800, 6]] },
  { id: 'P02', title: '多肉拼盘', en: 'Succulent Planter', occasions: ['housewarming', 'thanks'], flowers: '多肉', skus: [['六株', 'six plants', 6800, 15]] },
  { id: 'P03', title: '龟背竹盆栽', en: 'Monstera Plant', occasions: ['housewarming', 'opening'], flowers: '龟背竹', skus: [['中盆', 'medium pot', 12800, 8]] },
  { id: 'P04', title: '蝴蝶兰盆栽', en: 'Phalaenopsis Orchid', occasions: ['opening', 'visit'], flowers: '蝴蝶兰', skus: [['三株', 'three stems', 26800, 5], ['五株', 'five stems', 39800, 3]] },
  { id: 'G01', title: '香薰蜡烛', en: 'Scented Candle', occasions: ['birthday', 'housewarming'], flowers: '', skus: [['白茶', 'white tea', 8800, 12], ['木质', 'woody', 8800, 12]] },
  { id: 'G02', title: '手工巧克力礼盒', en: 'Handmade Chocolate Box', occasions: ['love', 'thanks'], flowers: '', skus: [['九粒', '9 pieces', 9800, 10], ['十六粒', '16 pieces', 15800, 6]] },
  { id: 'G03', title: '毛绒小熊', en: 'Teddy Bear', occasions: ['birthday', 'love'], flowers: '', skus: [['小号', 'small', 5800, 10], ['大号', 'large', 12800, 5]] }
];
