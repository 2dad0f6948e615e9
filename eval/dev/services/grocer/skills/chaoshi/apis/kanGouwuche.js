import { wen, che } from '../gongju'

export async function kanGouwuche() {
  const c = che()
  return { content: wen(c.gwc.length ? `${c.gwc.length} 种商品，共 ${c.heji} 元` : '购物车是空的'), structuredContent: c }
}
