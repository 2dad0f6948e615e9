"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const catalog_1 = require("../shared/catalog");
const util_1 = require("../shared/util");
async function getStores(args) {
    const area = ((args && args.area) || "").trim();
    const hit = catalog_1.STORES.filter((s) => !area || s.storeName.includes(area) || s.address.includes(area));
    if (!hit.length)
        return (0, util_1.err)(`${area} 附近没有门店，现有：${catalog_1.STORES.map((s) => s.storeName).join("、")}`);
    return (0, util_1.ok)(`${hit.length} 家门店`, { stores: hit });
}
exports.default = getStores;
