"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const catalog_1 = require("../shared/catalog");
const util_1 = require("../shared/util");
const HOUR = 3600 * 1000;
/** 11:00 - 02:00 next day, as hours after midnight of the business day */
function businessHour(ms) {
    const h = new Date(ms + 8 * HOUR).getUTCHours() + new Date(ms).getUTCMinutes() / 60;
    return h < 6 ? h + 24 : h;
}
async function quoteRoom(args) {
    const { storeId, startAt, hours, persons, comboIds = [] } = args || {};
    let { roomType } = args || {};
    const store = catalog_1.STORES.find((s) => s.storeId === storeId);
    if (!store)
        return (0, util_1.err)("门店不存在，请先用 getStores 查询");
    if (!roomType && !persons)
        return (0, util_1.err)("请告诉我房型（小包、中包、大包、派对房）或者人数");
    if (!roomType)
        roomType = persons <= 4 ? 1 : persons <= 8 ? 2 : persons <= 15 ? 3 : 4;
    const room = catalog_1.ROOMS[roomType];
    if (persons && persons > room.max)
        return (0, util_1.err)(`${room.name}最多 ${room.max} 人，${persons} 人请选更大的房型`);
    if (!(startAt > 1e12) || startAt < Date.now())
        return (0, util_1.err)("开唱时间不对，需要将来的毫秒时间戳");
    if (startAt > Date.now() + 15 * 24 * HOUR)
        return (0, util_1.err)("只能预订 14 天内的包厢");
    const from = businessHour(startAt);
    if (from < 11 || from + hours > 26)
        return (0, util_1.err)("营业时间 11:00 到次日 02:00，请换个时间或缩短时长");
    if (roomType === 4 && storeId === 502)
        return (0, util_1.err)("五道口店没有派对房，可以选中关村店、国贸店");
    const combos = comboIds.map((id) => catalog_1.COMBOS.find((c) => c.comboId === id));
    if (combos.some((c) => !c))
        return (0, util_1.err)("套餐不存在，请用 getCombos 查询");
    let roomFee = 0;
    for (let i = 0; i < hours; i++)
        roomFee += from + i < 18 ? room.day : room.night;
    const comboFee = combos.reduce((n, c) => n + c.price, 0);
    const quotes = (0, util_1.read)("ktv_quotes");
    const quote = { quoteNo: "Q" + (90001 + quotes.length), storeId, storeName: store.storeName, roomType, roomName: room.name, persons: persons || 0, startAt, startText: (0, util_1.beijing)(startAt), hours, comboIds, roomFee, comboFee, total: roomFee + comboFee, expireAt: Date.now() + 10 * 60 * 1000 };
    (0, util_1.write)("ktv_quotes", quotes.concat(quote));
    return (0, util_1.ok)(`${store.storeName} ${room.name} ${quote.startText} 起 ${hours} 小时，共 ${quote.total} 元`, {
        quoteNo: quote.quoteNo, storeName: quote.storeName, roomName: quote.roomName, startText: quote.startText, hours, roomFee, comboFee, total: quote.total, expireAt: quote.expireAt,
    });
}
exports.default = quoteRoom;
