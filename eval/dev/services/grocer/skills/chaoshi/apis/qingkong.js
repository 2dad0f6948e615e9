import { wen, xieChe, che } from '../gongju'

export async function qingkong() {
  xieChe([])
  return { content: wen('购物车已清空'), structuredContent: che() }
}
