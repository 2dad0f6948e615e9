import { price } from '../lib/price'
import { say } from '../lib/moves'

async function estimateMove(args = {}) {
  const p = price(args)
  if (p.error) return { isError: true, content: say(p.error) }
  const { truck, movers, base_fee, stairs_fee, extra_fee, total, deposit } = p
  return { content: say(`${total} yuan with ${movers} movers, deposit ${deposit} yuan. Ask the customer before booking.`), structuredContent: { truck, movers, base_fee, stairs_fee, extra_fee, total, deposit } }
}

export default estimateMove
