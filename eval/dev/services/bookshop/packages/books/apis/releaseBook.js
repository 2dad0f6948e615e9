import { say, fail, load, save, HOLDS } from '../kit/kit'

export async function releaseBook({ reservationId } = {}) {
  const holds = load(HOLDS)
  const hold = holds.find((h) => h.reservationId === reservationId && h.state === 'held')
  if (!hold) return fail('No such reservation 没有这个留书')
  hold.state = 'released'
  save(HOLDS, holds)
  return { content: say('Released 已取消留书'), structuredContent: { reservationId, state: hold.state } }
}
