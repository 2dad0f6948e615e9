const call = (name, args) => new Promise((done) => wx[name]({ ...args, success: (r) => done(['success', r]), fail: (e) => done(['fail', e]) }))
const probes = {
  storage: async () => {
    wx.setStorageSync('k', { a: 1 }); wx.batchSetStorageSync([{ key: 'x', value: 1 }, { key: 'y', value: [2] }])
    return [wx.getStorageSync('k'), wx.getStorageSync('none'), await call('getStorage', { key: 'none' }), wx.batchGetStorageSync(['x', 'y', 'z']), wx.getStorageInfoSync().keys, (await wx.getStorage({ key: 'k' })).data]
  },
  doors: async () => [await call('login'), await call('getLocation'), await call('chooseAddress'), await call('getPhoneNumber'), await call('scanCode'), await call('requestPayment')],
  granted: async () => [await wx.login(), await wx.chooseAddress(), await wx.getLocation({ type: 'gcj02' }), await wx.getPhoneNumber()],
  facts: async () => [typeof wx.getSystemInfoSync().SDKVersion, typeof wx.getAccountInfoSync().miniProgram.appId, (await wx.getNetworkType()).networkType, typeof my, typeof wx.modelContext.getSessionId(), await wx.modelContext.expireAllCards({})],
  unknown: async () => { let sync = ''; try { wx.somethingSync() } catch (e) { sync = e.errMsg } return [await call('somethingElse'), sync, wx.onSomething(() => {}) === undefined, await wx.cloud.callFunction({ name: 'x' }).catch((e) => e.errMsg), wx.canIUse('request'), wx.canIUse('nope')] },
  request: async (a) => { const [kind, r] = await call('request', { url: a.url, method: 'POST', data: { q: '拿铁' }, header: { 'X-A': 'b', Host: 'evil' } }); return [kind, r.errMsg, r.statusCode, r.data] },
  missing: async () => undefined,
  throws: async () => { throw new Error('库存不足') },
  big: async () => 'x'.repeat(300 * 1024),
  outside: async () => { try { require('../../../../../etc/passwd') } catch (e) { return e.message } },
  never: async () => 1, twice: async () => 1,
  fails: async () => { wx.setStorageSync('kept', 1); return 1 },
}
module.exports = async (a) => {
  const value = await probes[a.what](a)
  if (value === undefined) return undefined
  return { isError: a.what === 'fails', content: [{ type: 'text', text: a.what }], structuredContent: { value } }
}
