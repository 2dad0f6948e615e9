import { read } from './storage';

// 演练开关，只由本包自己的存储打开：
//   fault_slow     每次调用先等这么多毫秒
//   fault_down     true：全部接口不可用；或以逗号分隔的接口名
//   fault_price    预订时比商品详情多收的金额（分）
//   fault_sold_out 以逗号分隔的 skuId 或 goodsId：视为售罄
//   fault_double   预订时把结果答复两次，第二次是另一个预订号
//   fault_lost     预订已记下，但答复丢失（报错）
function value(key) {
  const raw = read(`fault_${key}`, null);
  return raw === false || raw === 'false' || raw === '0' ? null : raw;
}

export function list(key) {
  const raw = value(key);
  if (!raw || raw === true) return [];
  return Array.isArray(raw) ? raw : String(raw).split(',').map((s) => s.trim());
}

export function on(key) {
  const raw = value(key);
  return raw === true || raw === 'true' || raw === 1 || raw === '1';
}

export const isDown = (name) => on('down') || list('down').includes(name);

export function extraFen() {
  const n = Number(value('price'));
  return Number.isInteger(n) && n > 0 ? n : 0;
}

export async function wait() {
  const ms = Number(value('slow'));
  if (Number.isFinite(ms) && ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
