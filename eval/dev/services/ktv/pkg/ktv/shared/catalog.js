"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.COMBOS = exports.ROOMS = exports.STORES = void 0;
exports.STORES = [
    { storeId: 501, storeName: "麦霸星KTV（中关村店）", address: "海淀区中关村大街 27 号 B1", distanceKm: 0.6 },
    { storeId: 502, storeName: "麦霸星KTV（五道口店）", address: "海淀区成府路 35 号 3 层", distanceKm: 2.4 },
    { storeId: 503, storeName: "麦霸星KTV（西单店）", address: "西城区西单北大街 131 号 6 层", distanceKm: 9.8 },
    { storeId: 504, storeName: "麦霸星KTV（望京店）", address: "朝阳区望京街 10 号 5 层", distanceKm: 13.5 },
    { storeId: 505, storeName: "麦霸星KTV（国贸店）", address: "朝阳区建国路 87 号 B2", distanceKm: 16.2 },
];
// hourly price: day (before 18:00) and night
exports.ROOMS = {
    1: { name: "小包", max: 4, day: 39, night: 88 },
    2: { name: "中包", max: 8, day: 59, night: 128 },
    3: { name: "大包", max: 15, day: 99, night: 198 },
    4: { name: "派对房", max: 30, day: 199, night: 388 },
};
exports.COMBOS = [
    { comboId: 11, comboName: "单人小吃套餐", content: "爆米花1 薯条1 可乐1", price: 39 },
    { comboId: 12, comboName: "欢聚啤酒套餐", content: "啤酒12瓶 花生1 毛豆1", price: 168 },
    { comboId: 13, comboName: "果盘套餐", content: "大果盘1 气泡水4", price: 128 },
    { comboId: 14, comboName: "生日派对套餐", content: "气球布置 果盘1 香槟1 小吃4", price: 398 },
    { comboId: 15, comboName: "威士忌套餐", content: "威士忌1 绿茶6 果盘1", price: 598 },
    { comboId: 16, comboName: "养生茶点套餐", content: "菊花茶1壶 坚果2 点心2", price: 98 },
];
