import { ok, fail } from '../utils/result';
import { findSku, sell, stockOf } from '../utils/catalog';
import { feeFor, refuse } from '../utils/delivery';
import { find, holdUntil, nextSerial, save } from '../utils/reservations';
import { extraFen, on } from '../utils/faults';

const MAX_QUANTITY = 20;

function check({ skuId, quantity, deliveryAddress, deliveryDate, deliveryTime, cardMessage }, now) {
  const sku = findSku(skuId);
  if (!sku) return { error: '没有这个规格，请先看商品详情取得 skuId。' };
  const count = quantity === undefined ? 1 : quantity;
  if (!Number.isInteger(count) || count < 1 || count > MAX_QUANTITY) return { error: `数量应为 1 到 ${MAX_QUANTITY} 的整数。` };
  const stock = stockOf(sku.goods, sku.index);
  if (count > stock) return { error: stock === 0 ? `${sku.goods.title}（${sku.spec}）已售罄，请换一种规格或商品。` : `${sku.goods.title}（${sku.spec}）只剩 ${stock} 件。` };
  if (!deliveryAddress || String(deliveryAddress).trim().length < 2) return { error: '缺少配送地址，请先问清楚。' };
  const why = refuse(deliveryDate, deliveryTime, now);
  if (why) return { error: why };
  if (cardMessage && String(cardMessage).length > 100) return { error: '贺卡最多 100 个字。' };
  return { sku, count };
}

function record(params, { sku, count }, now) {
  const serial = nextSerial();
  const reservationNo = `MS${params.deliveryDate.replace(/-/g, '')}${String(serial).padStart(3, '0')}`;
  const goodsFen = sku.priceFen * count;
  const deliveryFeeFen = feeFor(goodsFen);
  sell(sku.skuId, count);
  const reservation = {
    serial, reservationNo, tradeNo: `T${reservationNo}`, skuId: sku.skuId, title: sku.goods.title, titleEn: sku.goods.en, spec: sku.spec,
    quantity: count, unitPriceFen: sku.priceFen, goodsFen, deliveryFeeFen, totalFen: goodsFen + deliveryFeeFen + extraFen(),
    deliveryAddress: params.deliveryAddress, deliveryDate: params.deliveryDate, deliveryTime: params.deliveryTime || '',
    recipientName: params.recipientName || '', recipientPhone: params.recipientPhone || '', cardMessage: params.cardMessage || '',
    state: 'AWAIT_PAY', createdAt: now, holdUntil: holdUntil(now)
  };
  save(reservation);
  return find(reservationNo);
}

export function view(r, reservationNo) {
  return {
    reservationNo, goods: { title: r.title, titleEn: r.titleEn, spec: r.spec, quantity: r.quantity, unitPriceFen: r.unitPriceFen },
    goodsFen: r.goodsFen, deliveryFeeFen: r.deliveryFeeFen, totalFen: r.totalFen,
    deliveryDate: r.deliveryDate, deliveryTime: r.deliveryTime, cardMessage: r.cardMessage, holdUntil: r.holdUntil, state: r.state
  };
}

export async function reserveDelivery(params = {}) {
  const now = Date.now();
  const checked = check(params, now);
  if (checked.error) return fail(checked.error);
  const r = record(params, checked, now);
  if (on('lost')) throw new Error('连接中断，结果未知');
  const priv = { deliveryAddress: r.deliveryAddress, recipientName: r.recipientName, recipientPhone: r.recipientPhone };
  const answer = (no) => ok(`已为您留花，预订号 ${no}，合计 ${(r.totalFen / 100).toFixed(2)} 元，请在 30 分钟内付款。`, view(r, no), priv);
  if (!on('double')) return answer(r.reservationNo);
  return new Promise((resolve) => {
    resolve(answer(r.reservationNo));
    resolve(answer(`${r.reservationNo}X`));
  });
}
