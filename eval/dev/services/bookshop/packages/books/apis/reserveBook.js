import { find } from '../data/shelf'
import { say, fail, load, save, HOLDS } from '../kit/kit'

export async function reserveBook({ isbn, name = '' } = {}) {
  const book = find(isbn)
  if (!book) return fail(`No such ISBN 没有这本书: ${isbn}`)
  if (book.inStock === 0) return fail(`${book.title} is out of stock 缺货，不能留书`)
  const holds = load(HOLDS)
  const until = new Date(Date.now() + (72 + 8) * 3600 * 1000).toISOString().slice(0, 10)
  const hold = { reservationId: `H${70 + holds.length}`, isbn, title: book.title, name, until, state: 'held' }
  save(HOLDS, [...holds, hold])
  return { content: say(`Kept until 留到 ${until}`), structuredContent: { reservationId: hold.reservationId, title: hold.title, until, state: hold.state } }
}
