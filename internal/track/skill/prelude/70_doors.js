// Doors: what asks the person or the platform. The host refuses by default, in the platform's own shapes.
const payments = ['requestPayment', 'requestVirtualPayment', 'requestJointPayment', 'requestOrderPayment', 'requestPluginPayment', 'requestCommonPayment',
  'openPublicServicePayment', 'verifyPaymentPassword', 'openBusinessView', 'openHKOfflinePayView', 'requestMerchantTransfer', 'paySignCenter', 'signContract'];
const askers = ['chooseLocation', 'chooseInvoice', 'chooseInvoiceTitle', 'chooseMedia', 'chooseMessageFile', 'chooseContact',
  'choosePhoneContact', 'chooseLicensePlate', 'scanCode', 'scan', 'makePhoneCall', 'openLocation', 'openSetting',
  'openDocument', 'shareAppMessage', 'saveImageToPhotosAlbum', 'saveImage', 'saveVideoToPhotosAlbum', 'openPrivacyContract', 'addPhoneContact', 'addPhoneCalendar',
  'startFacialRecognitionVerify', 'startFacialRecognitionVerifyAndUploadVideo', 'startSoterAuthentication', 'openCustomerServiceChat'];
const authorised = ['authorize', 'getWeRunData']; // a refusal of these is a denial
const plainArgs = (o) => { const out = {}; for (const k of keysOf(o)) if (typeof o[k] !== 'function') out[k] = o[k]; return out; };
const payRequest = (o) => {
  const raw = plainArgs(o), pkg = typeof o.package === 'string' ? o.package : '';
  const prepay = pkg.startsWith('prepay_id=') ? pkg.slice(10) : o.prepayId || o.prepay_id || o.tradeNO;
  const order = o.orderId || o.order_id || o.outTradeNo || o.out_trade_no;
  return { prepay_id: prepay === undefined ? undefined : String(prepay), order_id: order === undefined ? undefined : String(order), raw };
};
const tradePay = async (o) => {
  try { await door('payment', 'tradePay', payRequest(o)); } catch (e) { if (e instanceof Refusal) return { resultCode: '6001', memo: '用户中途取消', result: '' }; throw e; }
  return { resultCode: '9000', memo: '', result: '' };
};
const chooseAddress = async () => {
  const a = await door('address', 'chooseAddress', {});
  const name = String(a.name || ''), phone = String(a.phone || ''), detail = String(a.detail || '');
  if (MY) return { resultStatus: '9000', result: { fullname: name, mobilePhone: phone, address: detail, country: '', prov: '', city: '', area: '', street: '' } };
  return { userName: name, telNumber: phone, detailInfo: detail, detailInfoNew: detail, provinceName: '', cityName: '', countyName: '', streetName: '', postalCode: '', nationalCode: '', nationalCodeFull: '' };
};
const getLocation = (name) => async (o) => {
  const at = await door('location', name, { type: o.type }, new Refusal(MY ? '用户不允许授权' : 'auth deny', 'denied'));
  const where = { latitude: Number(at.latitude), longitude: Number(at.longitude), accuracy: 65, horizontalAccuracy: 65 };
  return MY ? where : assign(where, { speed: -1, altitude: 0, verticalAccuracy: 0 });
};
const getPhoneNumber = (name) => async () => {
  const v = await door('phone', name, {}, new Refusal('user deny', 'denied'));
  const phone = String(v.phone || '');
  if (MY) return { response: stringify({ response: { code: '10000', msg: 'Success', mobile: phone }, mobile: phone }) };
  return { code: String(v.code || phone), phoneNumber: phone, purePhoneNumber: phone, countryCode: '86' };
};
const login = async () => {
  const v = await door('login', MY ? 'getAuthCode' : 'login', {}, new Refusal(MY ? '用户取消授权' : 'auth deny', 'denied'));
  const code = String(v.code || '');
  return MY ? { authCode: code, authSuccessScopes: ['auth_base'], authErrorScopes: {} } : { code };
};
const profile = (name) => async () => {
  const v = await door('profile', name, {}, new Refusal('auth deny', 'denied'));
  const nickName = String(v.name || '');
  if (MY) return { response: stringify({ response: { code: '10000', msg: 'Success', nickName, avatar: '' } }) };
  return { userInfo: { nickName, avatarUrl: '', gender: 0, language: 'zh_CN', country: '', province: '', city: '' }, rawData: stringify({ nickName }) };
};
// Nobody subscribes to messages without being asked; the platform answers so for each template.
const subscribe = async (o) => {
  const ids = isArray(o.tmplIds) ? o.tmplIds.slice(0, 20) : [], out = {};
  let answer = 'accept';
  try { await door('other', 'requestSubscribeMessage', { api: 'requestSubscribeMessage', args: plainArgs(o) }); } catch (e) { if (!(e instanceof Refusal)) throw e; answer = 'reject'; }
  for (const id of ids) out[String(id)] = answer;
  return out;
};
// The privacy card of the conversation: whoever asks while it is shown shares its answer.
let privacy;
const privacyAuthorization = (o) => {
  const ask = async () => {
    try { await door('other', 'requestAgentPrivacyAuthorization', { api: 'requestAgentPrivacyAuthorization', args: plainArgs(o) }); } catch (e) { if (!(e instanceof Refusal)) throw e; return { authorized: false }; }
    return { authorized: true };
  };
  if (!privacy) { privacy = ask(); privacy.then(() => { privacy = undefined; }, () => { privacy = undefined; }); }
  return privacy;
};
const mountDoors = (api) => {
  for (const name of askers) api[name] = later(name, (o) => door('other', name, { api: name, args: plainArgs(o) }));
  for (const name of authorised) api[name] = later(name, (o) => door('other', name, { api: name, args: plainArgs(o) }, new Refusal('auth deny', 'denied')));
  for (const name of payments) api[name] = later(name, (o) => door('payment', name, payRequest(o)));
  if (MY) {
    api.tradePay = later('tradePay', tradePay);
    api.getAuthCode = later('getAuthCode', login);
    api.getAddress = later('getAddress', chooseAddress);
    for (const name of ['getOpenUserInfo', 'getAuthUserInfo']) api[name] = later(name, profile(name));
  } else {
    api.login = later('login', login);
    api.checkSession = silent('checkSession');
    api.requestAgentPrivacyAuthorization = later('requestAgentPrivacyAuthorization', privacyAuthorization);
    api.requestSubscribeMessage = later('requestSubscribeMessage', subscribe);
    for (const name of ['getUserProfile', 'getUserInfo']) api[name] = later(name, profile(name));
  }
  api.chooseAddress = later('chooseAddress', chooseAddress);
  for (const name of ['getLocation', 'getFuzzyLocation']) api[name] = later(name, getLocation(name));
  for (const name of ['getPhoneNumber', 'getRealtimePhoneNumber']) api[name] = later(name, getPhoneNumber(name));
};
