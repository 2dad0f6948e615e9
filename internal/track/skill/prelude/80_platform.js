// The rest of the platform: harmless facts, what is not here, and for all else its own "no".
const quiet = ['reportEvent', 'reportAnalytics', 'reportMonitor', 'reportPerformance', 'setKeepScreenOn', 'preloadDetailPage'];
// The machinery of a phone, which a handler finds switched off.
const hardware = /(Wifi|WiFi|Bluetooth|BLE|LocalServiceDiscovery|Accelerometer|Compass|DeviceMotion\w*|Gyroscope|Beacon\w*|NFC\w*|HCE\w*)/;
const sockets = ['connectSocket', 'createTCPSocket', 'createUDPSocket', 'createBLEPeripheralServer', 'getUserCryptoManager'];
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
});
const plainFacts = ['getDeviceInfo', 'getAppBaseInfo', 'getWindowInfo', 'getDeviceBaseInfo', 'getSystemSetting', 'getAppAuthorizeSetting'];
const mountPlatform = (api, call) => {
  const all = facts(call);
  for (const name of keysOf(all)) both(api, name, all[name]);
  for (const name of plainFacts) { const f = all[name], slow = api[name]; api[name] = (o) => (isObject(o) && hasCallback(o) ? slow(o) : f()); }
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
  api.uploadFile = later('uploadFile', uploadFile);
  api.downloadFile = later('downloadFile', downloadFile);
  api.getImageInfo = later('getImageInfo', getImageInfo);
  api.getLocalIPAddress = later('getLocalIPAddress', () => { throw new Refusal('not available', 'network'); });
  api.canIUse = (what) => own(api, String(what).split('.')[0]);
  for (const name of sockets) api[name] = (...args) => absent(name, 'not available', {})(...args);
  const cloud = absent('cloud', 'cloud development is not available here', { errCode: -1 });
  api.cloud = new Proxy({ init: noop, DYNAMIC_CURRENT_ENV: '' }, { get: (t, k) => (k in t ? t[k] : typeof k !== 'string' || k === 'then' || k === 'toJSON' || k[0] === '_' ? undefined : cloud[k]) });
};
const unsupported = (name) => {
  if (/^(on|off)[A-Z]/.test(name)) return noop;
  if (name.endsWith('Sync') || /^(create[A-Z]|get\w*Manager$)/.test(name)) return () => { throw thrown(name, new Refusal(MY ? '接口不存在' : 'not supported', 'unsupported')); };
  if (hardware.test(name)) return later(name, () => { throw new Refusal('not available', 'unsupported', MY ? {} : { errCode: 10001 }); });
  return later(name, () => { throw new Refusal(MY ? '接口不存在' : 'not supported', 'unsupported'); });
};
// closed is what the platform keeps from an atomic api: the package learns it as it would there.
const closed = (name) => {
  const no = () => new Refusal(MY ? '无权调用该接口' : 'jsapi has no permission', 'closed');
  const told = (f) => (...args) => { G.console.warn((MY ? 'my.' : 'wx.') + name + ' is not open to atomic apis'); return f(...args); };
  if (/^(on|off)[A-Z]/.test(name)) return told(noop);
  if (name.endsWith('Sync') || /^create[A-Z]/.test(name)) return told(() => { throw thrown(name, no()); });
  return told(later(name, () => { throw no(); }));
};
// shut removes from the api object what the gate does not let through; it returns how missing names are answered.
const shut = (api, gate) => {
  const names = (list) => { const set = create(null); for (const n of list) set[n] = true; return set; };
  const open = gate.open ? names(gate.open) : undefined, not = names(gate.closed || []);
  const isClosed = (name) => (open ? !open[name] : not[name] === true);
  for (const name of keysOf(api)) if (isClosed(name)) delete api[name];
  return (name) => (isClosed(name) ? closed(name) : unsupported(name));
};
// What pages and cards are made of is not here, but files that hold it may be required.
const mountGlobals = () => {
  const app = { globalData: {} };
  const give = (name, value) => defineProperty(G, name, { value, writable: true, configurable: true, enumerable: false });
  give('getApp', () => app);
  give('getCurrentPages', () => []);
  give('Behavior', (v) => v);
  for (const name of ['App', 'Page', 'Component']) give(name, noop);
};
const mount = (call) => {
  MY = call.dialect === 'my';
  const api = create(null);
  mountStorage(api);
  mountDoors(api);
  mountPlatform(api, call);
  api.modelContext = modelContextOf(call);
  const missing = shut(api, call.gate || {});
  const shape = (v) => (typeof v === 'string' && v !== 'then' && v !== 'toJSON' && v !== 'constructor');
  const made = create(null);
  const object = new Proxy(api, { get: (t, k) => (k in t ? t[k] : shape(k) ? made[k] || (made[k] = missing(k)) : undefined) });
  defineProperty(G, MY ? 'my' : 'wx', { value: object, writable: true, configurable: true, enumerable: true });
  mountGlobals();
};
return async function main(call) {
  mount(call);
  alias = isObject(call.alias) ? call.alias : {};
  load(call.entry);
  await registered(call.name);
  return describe(await dispatch(call));
};
