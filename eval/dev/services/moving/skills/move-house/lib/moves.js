const KEY = 'easymove.moves'
export const all = () => wx.getStorageSync(KEY) || {}
export const keep = moves => wx.setStorageSync(KEY, moves)
export const say = text => [{ type: 'text', text }]
