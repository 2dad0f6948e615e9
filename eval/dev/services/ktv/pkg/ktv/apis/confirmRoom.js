"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const util_1 = require("../shared/util");
async function confirmRoom(args) {
    const quote = (0, util_1.read)("ktv_quotes").find((q) => q.quoteNo === (args && args.quoteNo));
    if (!quote)
        return (0, util_1.err)("报价单不存在，请先用 quoteRoom 报价");
    if (quote.expireAt < Date.now())
        return (0, util_1.err)("报价已过期，请重新报价");
    const all = (0, util_1.read)("ktv_bookings");
    if (all.some((b) => b.quoteNo === quote.quoteNo))
        return (0, util_1.err)("这张报价单已经下过单了");
    const { storeId, storeName, roomType, roomName, persons, startAt, startText, hours, comboIds, total } = quote;
    const booking = { bookingNo: "MBX" + (20260 + all.length), quoteNo: quote.quoteNo, storeId, storeName, roomType, roomName, persons, startAt, startText, hours, comboIds, total, payStatus: "unpaid" };
    (0, util_1.write)("ktv_bookings", all.concat(booking));
    return (0, util_1.ok)(`订单 ${booking.bookingNo} 待支付 ${total} 元`, { bookingNo: booking.bookingNo, storeName, roomName, startText, hours, total, payStatus: booking.payStatus });
}
exports.default = confirmRoom;
