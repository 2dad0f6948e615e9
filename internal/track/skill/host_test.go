package skill_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track"
	"github.com/bangwo/bangwo/internal/track/skill"
)

// play runs body as a handler of a package of the dialect and returns what it returned, as JSON. In the body, call(name,
// options) tells how an api ends by callbacks, wait(name, options) how it ends as a promise, at(f) what f throws.
type play struct {
	*testing.T
	driver *skill.Driver
	src    catalog.Source
	doors  track.Doors
}

const helpers = `
const callWith = (api, name, o) => new Promise((done) => { const log = []; api[name]({ ...o, success: (r) => log.push('success', r), fail: (e) => log.push('fail', e), complete: () => done([...log, 'complete']) }) })
const call = (name, o) => callWith(host, name, o)
const wait = (name, o) => host[name](o).then((r) => ['ok', r], (e) => ['no', e])
const at = (f) => { try { return ['ok', f()] } catch (e) { return ['threw', { ...e }, e instanceof Error] } }
`

func (p *play) run(dialect, body string) string {
	p.Helper()
	files := twoAPIs("")
	files["skills/x/index.js"] = fmt.Sprintf(`const host = %[1]s; %[2]s
		%[1]s.modelContext.createSkill('skills/x').registerAPI('getGood', async () => ({ content: [], structuredContent: { v: await (async () => { %[3]s })() } }))`, dialect, helpers, body)
	p.src.Path = packageOf(p.T, files)
	conn, err := p.driver.Open(context.Background(), p.src)
	if err != nil {
		p.Fatal(err)
	}
	defer conn.Close()
	r, err := conn.Call(context.Background(), track.Call{Service: p.T.Name(), Person: "p", Capability: "getGood", Doors: p.doors})
	if err != nil {
		p.Fatalf("%s: %v %q", body, err, r.Logs)
	}
	var out struct{ V json.RawMessage }
	if err := json.Unmarshal(r.Structured, &out); err != nil {
		p.Fatalf("%s: %s", r.Structured, err)
	}
	return strings.ReplaceAll(string(out.V), `\u0026`, "&")
}

// TestClosedInterfaces wants what the platforms keep from atomic apis to fail in their words, by callback, promise or
// exception, and never to hang.
func TestClosedInterfaces(t *testing.T) {
	t.Parallel()
	p := &play{T: t, driver: newDriver(t, skill.NewMemoryStorage())}
	p.doors = grant{track.DoorOther: {}, track.DoorProfile: {"name": "安"}} // even where every door is open
	for _, name := range strings.Fields(`showModal showToast showLoading showActionSheet navigateTo redirectTo switchTab reLaunch navigateBack setClipboardData getClipboardData
		getUserInfo getUserProfile chooseImage chooseVideo previewImage previewMedia vibrateShort openAgent navigateBackAgent pageScrollTo`) {
		want := fmt.Sprintf(`[["fail",{"errMsg":"%[1]s:fail jsapi has no permission"},"complete"],["no",{"errMsg":"%[1]s:fail jsapi has no permission"}],false]`, name)
		if got := p.run("wx", fmt.Sprintf(`return [await call('%[1]s', {}), await wait('%[1]s'), wx.canIUse('%[1]s')]`, name)); got != want {
			t.Errorf("wx.%s: %s, want %s", name, got, want)
		}
	}
	for _, name := range strings.Fields(`showToast alert confirm showLoading uploadFile downloadFile getSystemInfo connectSocket navigateTo previewImage getOpenUserInfo httpRequest setClipboard vibrate`) {
		want := fmt.Sprintf(`[["fail",{"errMsg":"%[1]s:fail 无权调用该接口","error":4,"errorMessage":"无权调用该接口"},"complete"],"无权调用该接口",false]`, name)
		if got := p.run("my", fmt.Sprintf(`return [await call('%[1]s', {}), (await wait('%[1]s'))[1].errorMessage, my.canIUse('%[1]s')]`, name)); got != want {
			t.Errorf("my.%s: %s, want %s", name, got, want)
		}
	}
	for body, want := range map[string]string{
		`return at(() => wx.createSelectorQuery().select('#a'))`:   `["threw",{"errMsg":"createSelectorQuery:fail jsapi has no permission"},true]`,
		`return at(() => wx.getFileSystemManager().readFile({}))`:  `["threw",{"errMsg":"getFileSystemManager:fail not supported"},true]`,
		`return at(() => wx.getSomethingSync())`:                   `["threw",{"errMsg":"getSomethingSync:fail not supported"},true]`,
		`wx.showToast({ title: 'x' }); wx.hideLoading(); return 1`: `1`,
		`return call('openBluetoothAdapter', {})`:                  `["fail",{"errMsg":"openBluetoothAdapter:fail not available","errCode":10001},"complete"]`,
		`return new Promise((ok) => { const s = wx.connectSocket({ url: 'wss://a.b' }); s.onOpen(() => ok('open')); s.onError((e) => ok(e.errMsg)); s.onClose(() => {}) })`: `"connectSocket:fail not available"`,
		`return new Promise((ok) => { const s = wx.createTCPSocket(); s.onMessage(ok); s.onError((e) => ok(e.errMsg)); s.connect({ address: 'a', port: 1 }) })`:             `"createTCPSocket:fail not available"`,
		`return call('getLocalIPAddress', {})`: `["fail",{"errMsg":"getLocalIPAddress:fail not available"},"complete"]`,
	} {
		if got := p.run("wx", body); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
	p.doors = nil
	for body, want := range map[string]string{
		`return wx.requestAgentPrivacyAuthorization()`:               `{"authorized":false,"errMsg":"requestAgentPrivacyAuthorization:ok"}`,
		`return wait('requestSubscribeMessage', { tmplIds: ['a'] })`: `["ok",{"a":"reject","errMsg":"requestSubscribeMessage:ok"}]`,
		`return call('authorize', { scope: 'scope.bluetooth' })`:     `["fail",{"errMsg":"authorize:fail auth deny","errno":103},"complete"]`,
	} {
		if got := p.run("wx", body); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
	if got, want := p.run("my", `return at(() => my.getSystemInfoSync())`), `["threw",{"errMsg":"getSystemInfoSync:fail 无权调用该接口","error":4,"errorMessage":"无权调用该接口"},true]`; got != want {
		t.Errorf("my.getSystemInfoSync: %s, want %s", got, want)
	}
}

// TestCloudIsRefused wants every way into cloud development to end in the cloud's own error.
func TestCloudIsRefused(t *testing.T) {
	t.Parallel()
	p := &play{T: t, driver: newDriver(t, skill.NewMemoryStorage())}
	const gone = "fail cloud development is not available here"
	for body, want := range map[string]string{
		`wx.cloud.init({ env: 'e' }); return wx.cloud.callFunction({ name: 'f' }).catch((e) => [e.errMsg, e.errCode, e.message])`:                                                       `["cloud.callFunction:` + gone + `",-1,"cloud.callFunction:` + gone + `"]`,
		`try { await wx.cloud.callContainer({ path: '/' }) } catch (e) { return e.errMsg }`:                                                                                             `"cloud.callContainer:` + gone + `"`,
		`return callWith(wx.cloud, 'callFunction', { name: 'f' })`:                                                                                                                      `["fail",{"errMsg":"cloud.callFunction:` + gone + `","errCode":-1},"complete"]`,
		`const db = wx.cloud.database(); const _ = db.command; try { await db.collection('a').where({ n: _.gt(1) }).orderBy('n', 'asc').limit(5).get() } catch (e) { return e.errMsg }`: `"cloud.database:` + gone + `"`,
		`return new wx.cloud.Cloud({ resourceAppid: 'x' }).callFunction({}).then(() => 'ok', (e) => e.errMsg)`:                                                                          `"cloud.Cloud:` + gone + `"`,
		`return wx.cloud.extend.AI.createModel('m').generateText({}).finally(() => {}).catch((e) => e.errMsg)`:                                                                          `"cloud.extend:` + gone + `"`,
	} {
		if got := p.run("wx", body); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
	if got := p.run("my", `return my.cloud === undefined || await wait('cloud')`); !strings.Contains(got, "无权调用该接口") {
		t.Errorf("my.cloud: %s", got)
	}
}

// TestOpenInterfaces wants what both platforms publish as open to work by callback, as a promise and at once.
func TestOpenInterfaces(t *testing.T) {
	t.Parallel()
	p := &play{T: t, driver: newDriver(t, skill.NewMemoryStorage())}
	p.doors = grant{track.DoorPayment: {}, track.DoorLogin: {"code": "c1"}, track.DoorAddress: {"name": "安", "phone": "13800000000", "detail": "路 1 号"},
		track.DoorLocation: {"latitude": 31.2, "longitude": 121.4}, track.DoorPhone: {"phone": "13800000000"}, track.DoorOther: {}}
	for body, want := range map[string]string{
		`return [await call('setStorage', { key: 'a', data: { n: 1 } }), await call('getStorage', { key: 'a' }), await wait('getStorage', { key: 'a' }), await wait('getStorage', { key: 'b' })]`:                            `[["success",{"errMsg":"setStorage:ok"},"complete"],["success",{"data":{"n":1},"errMsg":"getStorage:ok"},"complete"],["ok",{"data":{"n":1},"errMsg":"getStorage:ok"}],["no",{"errMsg":"getStorage:fail data not found"}]]`,
		`wx.setStorageSync('a', [1]); return [wx.getStorageSync('a'), wx.getStorageInfoSync(), (await wait('getStorageInfo'))[1].keys, wx.removeStorageSync('a'), wx.getStorageSync('a')]`:                                   `[[1],{"keys":["a"],"currentSize":1,"limitSize":10240},["a"],null,""]`,
		`return [at(() => wx.setStorageSync('', 1)), at(() => wx.setStorageSync('big', 'x'.repeat(2 << 20))), at(() => { const a = []; a.push(a); wx.setStorageSync('c', a) })[0]]`:                                          `[["threw",{"errMsg":"setStorageSync:fail parameter error: parameter.key should be a non-empty string","errno":1001},true],["threw",{"errMsg":"setStorageSync:fail exceed storage max size 10Mb"},true],"threw"]`,
		`await wx.batchSetStorage({ kvList: [{ key: 'x', value: 1 }] }); return [(await wx.batchGetStorage({ keyList: ['x', 'y'] })).dataList, await call('clearStorage', {}), wx.getStorageInfoSync().keys]`:                `[[1,""],["success",{"errMsg":"clearStorage:ok"},"complete"],[]]`,
		`return [await call('login', {}), await wait('login'), await wait('checkSession')]`:                                                                                                                                  `[["success",{"code":"c1","errMsg":"login:ok"},"complete"],["ok",{"code":"c1","errMsg":"login:ok"}],["ok",{"errMsg":"checkSession:ok"}]]`,
		`return (await call('chooseAddress', {}))[1].detailInfo + (await wait('getPhoneNumber'))[1].phoneNumber`:                                                                                                             `"路 1 号13800000000"`,
		`return [(await wait('getLocation', { type: 'gcj02' }))[1].latitude, (await call('getFuzzyLocation', {}))[1].longitude]`:                                                                                             `[31.2,121.4]`,
		`return [await call('requestPayment', { package: 'prepay_id=1' }), await wait('requestPayment', { package: 'prepay_id=1' })]`:                                                                                        `[["success",{"errMsg":"requestPayment:ok"},"complete"],["ok",{"errMsg":"requestPayment:ok"}]]`,
		`return [typeof wx.getSystemInfoSync().platform, (await wait('getSystemInfo'))[1].errMsg, typeof wx.getDeviceInfo().brand, typeof wx.getAppBaseInfo().SDKVersion, typeof wx.getAccountInfoSync().miniProgram.appId]`: `["string","getSystemInfo:ok","string","string","string"]`,
		`const b = wx.base64ToArrayBuffer('5ouf6ZOB'); return [b.byteLength, wx.arrayBufferToBase64(b), new TextDecoder().decode(b)]`:                                                                                        `[6,"5ouf6ZOB","拟铁"]`,
		`return [(await wait('getNetworkType'))[1].networkType, (await call('getSetting', {}))[1].errMsg, (await wait('getPrivacySetting'))[1].errMsg, wx.onNetworkStatusChange(() => {}) === undefined]`:                    `["wifi","getSetting:ok","getPrivacySetting:ok",true]`,
		`return wait('requestSubscribeMessage', { tmplIds: ['t1'] })`:                                                                                                                                                        `["ok",{"t1":"accept","errMsg":"requestSubscribeMessage:ok"}]`,
		`return Promise.all([wx.requestAgentPrivacyAuthorization({ privacyAgreements: [{ name: '协议', path: 'a' }] }), wx.requestAgentPrivacyAuthorization()])`:                                                               `[{"authorized":true,"errMsg":"requestAgentPrivacyAuthorization:ok"},{"authorized":true,"errMsg":"requestAgentPrivacyAuthorization:ok"}]`,
		`return [getApp().globalData, getCurrentPages(), typeof Behavior({})]`:                                                                                                                                               `[{},[],"object"]`,
	} {
		if got := p.run("wx", body); got != want {
			t.Errorf("%s:\n got %s\nwant %s", body, got, want)
		}
	}
	for body, want := range map[string]string{
		`return [await call('setStorage', { key: 'a', data: 1 }), my.getStorageSync({ key: 'a' }), await wait('getStorage', { key: 'a' }), my.getStorageInfoSync().keys]`:                   `[["success",{"success":true},"complete"],{"data":1,"success":true},["ok",{"data":1,"success":true}],["a"]]`,
		`return [(await call('getAuthCode', { scopes: 'auth_base' }))[1].authCode, (await wait('getAuthCode'))[1].authCode]`:                                                                `["c1","c1"]`,
		`return [(await call('chooseAddress', {}))[1].result.address, (await wait('getLocation'))[1].latitude, typeof my.getAppBaseInfo().SDKVersion, typeof my.getDeviceBaseInfo().brand]`: `["路 1 号",31.2,"string","string"]`,
		`return [JSON.parse((await wait('getPhoneNumber'))[1].response).mobile, (await call('tradePay', { tradeNO: 't' }))[1].resultCode, typeof my.env, my.canIUse('request')]`:            `["13800000000","9000","object",true]`,
		`return [(await wait('getNetworkType'))[1].networkType, (await wait('getSetting'))[0], await wait('scan'), await call('makePhoneCall', { number: '1' })]`:                           `["WIFI","ok",["ok",{}],["success",{},"complete"]]`,
	} {
		if got := p.run("my", body); got != want {
			t.Errorf("%s:\n got %s\nwant %s", body, got, want)
		}
	}
}
