import { price } from '../lib/price'
import { all, keep, say } from '../lib/moves'

async function bookMove(args = {}) {
  const p = price(args)
  if (p.error) return { isError: true, content: say(p.error) }
  const moves = all()
  const move_no = 'EM-' + (7300 + Object.keys(moves).length)
  const { pickup, dropoff, start_time, services = [], special_items = [], contact_phone, note = '' } = args
  const { truck, movers, total, deposit } = p
  const status = 'awaiting_deposit'
  moves[move_no] = { move_no, pickup, dropoff, start_time, truck, movers, services, special_items, contact_phone, note, total, deposit, status }
  keep(moves)
  return {
    content: say(`Move ${move_no} is reserved for one hour. The deposit of ${deposit} yuan is paid on the page.`),
    structuredContent: { move_no, start_time, truck, movers, total, deposit, status },
    handoff: { query: { moveNo: move_no, deposit: String(deposit) }, card: { title: 'Pay the deposit 支付订金' } }
  }
}

export default bookMove
