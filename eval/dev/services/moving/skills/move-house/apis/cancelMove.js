import { all, keep, say } from '../lib/moves'

async function cancelMove({ move_no } = {}) {
  const moves = all()
  if (!moves[move_no] || moves[move_no].status === 'cancelled') return { isError: true, content: say('There is no such move to cancel.') }
  moves[move_no].status = 'cancelled'
  keep(moves)
  return { content: say(`Move ${move_no} is cancelled.`), structuredContent: { move_no, status: 'cancelled' } }
}

export default cancelMove
