const call = (name, args) => new Promise((done) => my[name]({ ...args, success: (r) => done(['success', r]), fail: (e) => done(['fail', e]) }));
const probes = {
  storage: async () => {
    my.setStorageSync({ key: 'k', data: { a: 1 } });
    return [my.getStorageSync({ key: 'k' }).data, my.getStorageSync({ key: 'none' }).data, await call('getStorage', { key: 'none' }), my.getStorageInfoSync().keys, my.removeStorageSync({ key: 'k' }).success, my.getStorageSync({ key: 'k' })];
  },
  doors: async () => [await call('getAuthCode', { scopes: 'auth_base' }), await call('getLocation'), await call('chooseAddress'), await call('tradePay', { tradeNO: 't' }), await call('scan'), await call('unheardOf')],
  granted: async () => [await my.tradePay({ tradeNO: 't1' }), await my.getAuthCode({ scopes: 'auth_base' })],
  facts: async () => [typeof my.SDKVersion, typeof my.getAccountInfoSync().miniProgram.appId, typeof wx],
};
export default async function probe(a) {
  return { content: [{ type: 'text', text: a.what }], structuredContent: { value: await probes[a.what](a) } };
}
