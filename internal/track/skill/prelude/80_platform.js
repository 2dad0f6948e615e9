// The rest of the platform: harmless facts, quiet gestures, and for all else its own "not supported".
const quiet = ['showToast', 'hideToast', 'showLoading', 'hideLoading', 'vibrate', 'vibrateShort', 'vibrateLong', 'setNavigationBarTitle', 'setNavigationBar',
  'stopPullDownRefresh', 'reportEvent', 'reportAnalytics', 'reportMonitor', 'reportPerformance', 'setKeepScreenOn', 'hideKeyboard', 'hideNavigationBarLoading', 'showNavigationBarLoading', 'preloadDetailPage'];
const device = { brand: 'bangwo', model: 'headless', system: 'Linux', platform: 'devtools', memorySize: '1024', benchmarkLevel: 1, abi: 'x64' };
const appBase = { SDKVersion: '3.16.2', version: '8.0.75', language: 'zh_CN', theme: 'light', enableDebug: false, host: { env: 'Bangwo' }, app: 'bangwo' };
const screen = { pixelRatio: 2, screenWidth: 375, screenHeight: 812, windowWidth: 375, windowHeight: 812, statusBarHeight: 20, screenTop: 0, safeArea: { left: 0, right: 375, top: 20, bottom: 812, width: 375, height: 792 } };
const facts = (call) => ({
  getSystemInfo: () => assign({ fontSizeSetting: 16, fontSizeScaling: 1 }, device, appBase, screen),
  getDeviceInfo: () => assign({}, device), getDeviceBaseInfo: () => assign({}, device),
  getAppBaseInfo: () => assign({}, appBase), getWindowInfo: () => assign({}, screen),
  getSystemSetting: () => ({ bluetoothEnabled: false, locationEnabled: true, wifiEnabled: true, deviceOrientation: 'portrait' }),
  getAppAuthorizeSetting: () => ({ locationAuthorized: 'not determined' }),
  getAccountInfo: () => ({ miniProgram: { appId: call.appId, envVersion: 'release', version: '' } }),
  getAppId: () => ({ appId: call.appId }), getRunScene: () => ({ envVersion: 'release' }),
  getLaunchOptions: () => ({ path: '', query: {}, scene: 1000, referrerInfo: {} }), getEnterOptions: () => ({ path: '', query: {}, scene: 1000, referrerInfo: {} }),
  getNetworkType: () => ({ networkType: MY ? 'WIFI' : 'wifi', networkAvailable: true, isConnected: true }),
  getSetting: () => ({ authSetting: {} }), getPrivacySetting: () => ({ needAuthorization: false, privacyContractName: '' }),
  showModal: () => ({ confirm: false, cancel: true }), confirm: () => ({ confirm: false }), alert: () => ({}), showActionSheet: () => { throw new Refusal('cancel', 'cancel'); },
});
const atOnce = ['getDeviceInfo', 'getAppBaseInfo', 'getWindowInfo', 'getDeviceBaseInfo', 'getSystemSetting', 'getAppAuthorizeSetting'];
const mountPlatform = (api, call) => {
  const all = facts(call);
  for (const name of keysOf(all)) both(api, name, all[name]);
  for (const name of atOnce) { const f = all[name], slow = api[name]; api[name] = (o) => (isObject(o) && (o.success || o.complete) ? slow(o) : f()); }
  for (const name of quiet) api[name] = silent(name);
  const log = { debug: noop, info: noop, log: noop, warn: noop, error: noop, setFilterMsg: noop, addFilterMsg: noop, tag: () => log };
  api.getLogManager = api.getRealtimeLogManager = () => log;
  api.getUpdateManager = () => ({ onCheckForUpdate: noop, onUpdateReady: noop, onUpdateFailed: noop, applyUpdate: noop });
  api.nextTick = (f) => { G.queueMicrotask(f); };
  api.arrayBufferToBase64 = toBase64;
  api.base64ToArrayBuffer = fromBase64;
  api.env = { USER_DATA_PATH: MY ? 'https://usr' : 'wxfile://usr', appXversion: '' };
  api.SDKVersion = appBase.SDKVersion;
  api.request = later('request', request);
  api.httpRequest = later('httpRequest', request);
  api.canIUse = (what) => own(api, String(what).split('.')[0]);
  api.cloud = new Proxy({ init: noop }, { get: (t, k) => (k in t || typeof k !== 'string' || k === 'then' ? t[k] : unsupported('cloud.' + k)) });
};
const unsupported = (name) => {
  if (/^(on|off)[A-Z]/.test(name)) return noop;
  if (name.endsWith('Sync')) return () => { throw assign(new Error(name + ':fail not supported'), failure(name, 'not supported', 'unsupported')); };
  return later(name, () => { throw new Refusal('not supported', 'unsupported'); });
};
const mount = (call) => {
  MY = call.dialect === 'my';
  const api = create(null);
  mountStorage(api);
  mountDoors(api);
  mountPlatform(api, call);
  api.modelContext = modelContextOf(call);
  const shape = (v) => (typeof v === 'string' && v !== 'then' && v !== 'toJSON' && v !== 'constructor');
  const object = new Proxy(api, { get: (t, k) => (k in t ? t[k] : shape(k) ? unsupported(k) : undefined) });
  defineProperty(G, MY ? 'my' : 'wx', { value: object, writable: true, configurable: true, enumerable: true });
};
return async function main(call) {
  mount(call);
  load(call.entry);
  return describe(await dispatch(call));
};
