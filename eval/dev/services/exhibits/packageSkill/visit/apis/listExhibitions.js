import { EXHIBITIONS } from '../data/exhibitions'

export async function listExhibitions() {
  const exhibitions = EXHIBITIONS
  return {
    content: [{ type: 'text', text: '目前有 4 个展览，其中 2 个特展收费。' }],
    structuredContent: { exhibitions },
    handoff: { query: { keyword: '' } }
  }
}
