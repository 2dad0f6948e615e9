export const say = (text) => [{ type: 'text', text }]
export const fail = (text) => ({ isError: true, content: say(text) })
export const load = (key) => wx.getStorageSync(key) || []
export const save = (key, list) => wx.setStorageSync(key, list)
export const ORDERS = 'lamplight_orders'
export const HOLDS = 'lamplight_holds'
export const cents = (n) => Math.round(n * 100) / 100
