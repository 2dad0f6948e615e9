import { SHELF } from '../data/shelf'
import { say } from '../kit/kit'

const PAGE = 6

export async function searchBooks({ q = '', cursor = '' } = {}) {
  const want = q.replace(/[《》]/g, '').trim().toLowerCase()
  const hits = SHELF.filter((b) => b.isbn === want || b.title.toLowerCase().includes(want) || b.author.toLowerCase().includes(want) || b.subjects.includes(want))
  const from = Number(cursor) || 0
  const books = hits.slice(from, from + PAGE).map(({ isbn, title, author, binding, language, price, inStock }) => ({ isbn, title, author, binding, language, price, inStock }))
  const nextCursor = hits.length > from + PAGE ? String(from + PAGE) : ''
  return { content: say(hits.length ? `${hits.length} found 共 ${hits.length} 种` : `Nothing found for 没有找到「${q}」`), structuredContent: { books, nextCursor } }
}
