import { say, fail, load, save, ORDERS } from '../kit/kit'

export async function cancelOrder({ orderId } = {}) {
  const orders = load(ORDERS)
  const order = orders.find((o) => o.orderId === orderId && o.state === 'paid')
  if (!order) return fail('No order to cancel 没有可取消的订单')
  order.state = 'cancelled'
  save(ORDERS, orders)
  return { content: say('Cancelled, money returned 已取消并退款'), structuredContent: { orderId, state: order.state } }
}
