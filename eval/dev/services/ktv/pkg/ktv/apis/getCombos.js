"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const catalog_1 = require("../shared/catalog");
const util_1 = require("../shared/util");
async function getCombos() {
    return (0, util_1.ok)(`${catalog_1.COMBOS.length} 种套餐`, { combos: catalog_1.COMBOS });
}
exports.default = getCombos;
