import { SHELF, find } from '../data/shelf'
import { say, fail, load, save, cents, ORDERS } from '../kit/kit'

const pay = (no) => new Promise((success, fail) => {
  wx.requestPayment({ timeStamp: String(Date.now()), nonceStr: no, package: `prepay_id=${no}`, signType: 'RSA', paySign: '-', success, fail })
})

function other(book) {
  const same = SHELF.filter((b) => b.inStock > 0 && b.isbn !== book.isbn && (b.author === book.author || b.title === book.title))
  return same.length ? ` In stock 有货的: ${same.map((b) => b.title).join(', ')}` : ''
}

export async function buyBooks({ items = [], delivery = {}, gift = {} } = {}) {
  const lines = []
  for (const { isbn, copies } of items) {
    const book = find(isbn)
    if (!book) return fail(`No such ISBN 没有这本书: ${isbn}. Use searchBooks.`)
    if (book.inStock === 0) return fail(`${book.title} is out of stock 缺货。${other(book)}`)
    if (book.inStock < copies) return fail(`Only ${book.inStock} copies of ${book.title} 只剩 ${book.inStock} 本`)
    lines.push({ isbn, title: book.title, copies, amount: cents(book.price * copies) })
  }
  if (delivery.method === 'mail' && !(delivery.to && delivery.to.length > 5)) return fail('Where to? 请提供邮寄地址')
  const goods = cents(lines.reduce((n, l) => n + l.amount, 0))
  const postage = delivery.method === 'mail' && goods < 99 ? 8 : 0
  const orders = load(ORDERS)
  const orderId = `LB${1200 + orders.length}`
  try {
    await pay(orderId)
  } catch (e) {
    return fail('Not paid, nothing bought 没有付款，未下单')
  }
  const order = {
    orderId, lines, method: delivery.method, to: delivery.to || '', recipient: delivery.recipient || '', phone: delivery.phone || '',
    wrap: !!gift.wrap, card: gift.card || '', postage, total: cents(goods + postage), state: 'paid'
  }
  save(ORDERS, [...orders, order])
  return { content: say(`Bought 已购买 ${orderId}, ${order.total} yuan`), structuredContent: { orderId, lines, postage, total: order.total, state: order.state } }
}
