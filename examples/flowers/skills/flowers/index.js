import { searchGoods } from './apis/searchGoods';
import { getGoodsDetail } from './apis/getGoodsDetail';
import { reserveDelivery } from './apis/reserveDelivery';
import { getReservation } from './apis/getReservation';
import { cancelReservation } from './apis/cancelReservation';
import { isDown, wait } from './utils/faults';

const skill = my.modelContext.createSkill('skills/flowers');

skill.use(async (ctx, next) => {
  await wait();
  if (isDown(ctx.name)) throw new Error('花店系统维护中');
  await next();
});

skill.registerAPI('searchGoods', searchGoods);
skill.registerAPI('getGoodsDetail', getGoodsDetail);
skill.registerAPI('reserveDelivery', reserveDelivery);
skill.registerAPI('getReservation', getReservation);
skill.registerAPI('cancelReservation', cancelReservation);
