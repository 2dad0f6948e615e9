"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const util_1 = require("../shared/util");
async function cancelRoom(args) {
    const all = (0, util_1.read)("ktv_bookings");
    const booking = all.find((b) => b.bookingNo === (args && args.bookingNo));
    if (!booking || booking.payStatus === "closed")
        return (0, util_1.err)("没有可以取消的订单");
    booking.payStatus = "closed";
    (0, util_1.write)("ktv_bookings", all);
    return (0, util_1.ok)("已取消", { bookingNo: booking.bookingNo, payStatus: "closed" });
}
exports.default = cancelRoom;
