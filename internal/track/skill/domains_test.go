package skill_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bangwo/bangwo/internal/catalog"
	"github.com/bangwo/bangwo/internal/track/skill"
)

// TestDomainsMeanWhatThePlatformsMean asks for addresses that nobody answers: what is not listed is told so at once,
// what is listed fails otherwise.
func TestDomainsMeanWhatThePlatformsMean(t *testing.T) {
	t.Parallel()
	p := &play{T: t, driver: newDriver(t, skill.NewMemoryStorage())}
	for _, c := range []struct {
		dialect, allow, listed, not string
	}{
		{"wx", "shop.invalid", "https://shop.invalid/a http://shop.invalid https://shop.invalid:443 https://SHOP.invalid", "https://shop.invalid:8443 http://shop.invalid:443 http://shop.invalid:8080 https://a.shop.invalid https://shop.invalid.evil.invalid https://xshop.invalid"},
		{"wx", "https://shop.invalid", "https://shop.invalid", "http://shop.invalid https://shop.invalid:444"},
		{"wx", "shop.invalid:8443", "https://shop.invalid:8443", "https://shop.invalid https://shop.invalid:443"},
		{"wx", "*.shop.invalid", "https://a.shop.invalid https://a.b.shop.invalid", "https://shop.invalid https://a.shop.invalid:8443 https://ashop.invalid"},
		{"wx", "*", "", "https://shop.invalid"},
		{"wx", "*.invalid", "", "https://shop.invalid"},
		{"wx", "127.0.0.1", "http://127.0.0.1 https://127.0.0.1", "http://127.0.0.1:8080 http://127.0.0.2"},
		{"my", "shop.invalid", "https://shop.invalid https://a.shop.invalid", "https://a.shop.invalid:8443 https://ashop.invalid https://invalid"},
		{"my", "10.0.0.1", "https://10.0.0.1", "https://1.10.0.0.1 https://10.0.0.2"},
	} {
		p.src = catalog.Source{Allow: []string{c.allow}}
		body := `const out = {}; for (const url of %s) { const e = (await wait('request', { url, timeout: 1 }))[1]; out[url] = /domain list/.test(e.errMsg) } return out`
		urls := strings.Fields(c.listed + " " + c.not)
		list, _ := json.Marshal(urls)
		var refused map[string]bool
		if err := json.Unmarshal([]byte(p.run(c.dialect, fmt.Sprintf(body, list))), &refused); err != nil || len(refused) != len(urls) {
			t.Fatalf("%v %v", refused, err)
		}
		for _, url := range strings.Fields(c.listed) {
			if refused[url] {
				t.Errorf("%s with %s: %s was refused", c.dialect, c.allow, url)
			}
		}
		for _, url := range strings.Fields(c.not) {
			if !refused[url] {
				t.Errorf("%s with %s: %s was asked for", c.dialect, c.allow, url)
			}
		}
	}
}

// TestPrivateIsForThatMerchantOnly lets the operator's word for private addresses not reach where machines keep their secrets.
func TestPrivateIsForThatMerchantOnly(t *testing.T) {
	t.Parallel()
	p := &play{T: t, driver: newDriver(t, skill.NewMemoryStorage()), src: catalog.Source{Private: true, Allow: []string{"169.254.169.254", "[fd00:ec2::254]", "0.0.0.0", "224.0.0.1", "[fe80::1]"}}}
	for _, url := range []string{"http://169.254.169.254/latest/meta-data", "http://[fd00:ec2::254]/", "http://0.0.0.0/", "http://224.0.0.1/", "http://[fe80::1]/"} {
		if got := p.run("wx", fmt.Sprintf(`return (await wait('request', { url: %q }))[1].errMsg`, url)); got != `"request:fail address not allowed"` {
			t.Errorf("%s: %s", url, got)
		}
	}
}

// echo answers with what came, as the request has it.
func echo(t *testing.T) (url, host string) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/png":
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02"))
		case "/form":
			file, head, err := r.FormFile("photo")
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			defer file.Close()
			fmt.Fprintf(w, "%d bytes of %s, note %s", head.Size, head.Header.Get("Content-Type"), r.FormValue("note"))
		case "/text":
			fmt.Fprint(w, `{"a":1}`)
		case "/down":
			http.Error(w, "down", http.StatusServiceUnavailable)
		default:
			w.Header().Set("X-Seen", r.Method+" "+r.URL.RawQuery+" "+r.Header.Get("Content-Type")+" "+r.Header.Get("X-A"))
			w.Header().Set("Set-Cookie", "s=1")
			fmt.Fprint(w, `{"ok":true}`)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL, strings.TrimPrefix(s.URL, "http://")
}

// TestNetworkInterfaces sends and receives in every shape that handlers use.
func TestNetworkInterfaces(t *testing.T) {
	t.Parallel()
	url, host := echo(t)
	p := &play{T: t, driver: newDriver(t, skill.NewMemoryStorage()), src: catalog.Source{Private: true, Allow: []string{host}}}
	for body, want := range map[string]string{
		`const [k, r] = await call('request', { url: U + '/?a=1', data: { b: '拿 铁', n: null }, header: { 'X-A': 'v' } }); return [k, r.statusCode, r.header['X-Seen'], r.data, r.cookies, r.errMsg]`:                                              `["success",200,"GET a=1&b=%E6%8B%BF%20%E9%93%81  v",{"ok":true},["s=1"],"request:ok"]`,
		`const [k, r] = await wait('request', { url: U, method: 'post', data: { b: 1 }, header: { 'content-type': 'application/x-www-form-urlencoded' } }); return [k, r.header['X-Seen']]`:                                                       `["ok","POST  application/x-www-form-urlencoded"]`,
		`return [(await wx.request({ url: U + '/text' })).data, (await wx.request({ url: U + '/text', dataType: 'text' })).data, (await wx.request({ url: U + '/text', responseType: 'arraybuffer' })).data.byteLength]`:                          `[{"a":1},"{\"a\":1}",7]`,
		`return new Promise((done) => { const log = []; const t = wx.request({ url: U, complete: () => done(log), success: () => log.push('success') }); t.onHeadersReceived((r) => log.push(r.statusCode + ' ' + typeof r.header['X-Seen'])) })`: `["200 string","success"]`,
		`return new Promise((done) => { const t = wx.request({ url: U, fail: (e) => done(e.errMsg) }); t.abort() })`:                                                                                                                              `"request:fail abort"`,
		`return new Promise((done) => { const t = wx.request({ url: U + '/text', enableChunked: true, success: (r) => done(['no chunk', r.data]) }); t.onChunkReceived((c) => done(c.data.byteLength)) })`:                                        `7`,
		`return (await wait('request', {}))[1]`:                                   `{"errMsg":"request:fail parameter error: parameter.url should be String","errno":1001}`,
		`return (await wait('request', { url: U, method: 'TRACK' }))[1].errMsg`:   `"request:fail parameter error"`,
		`return (await call('request', { url: 'https://elsewhere.invalid' }))[1]`: `{"errMsg":"request:fail url not in domain list","errno":600002}`,
		`const d = await wx.downloadFile({ url: U + '/png' }); const i = await wx.getImageInfo({ src: d.tempFilePath }); return [d.statusCode, i.width, i.height, i.type]`:                                    `[200,3,2,"png"]`,
		`const d = await wx.downloadFile({ url: U + '/png' }); return (await wx.uploadFile({ url: U + '/form', filePath: d.tempFilePath, name: 'photo', formData: { note: '好' } })).data`:                     `"24 bytes of image/png, note 好"`,
		`return new Promise((done) => { const t = wx.uploadFile({ url: U + '/form', filePath: 'data:text/plain;base64,aGk=', name: 'photo', success: (r) => done(r.data) }); t.onProgressUpdate(() => {}) })`: `"2 bytes of text/plain, note "`,
		`return (await wait('uploadFile', { url: U + '/form', filePath: 'wxfile://usr/none', name: 'photo' }))[1].errMsg`:                                                                                     `"uploadFile:fail file not found"`,
		`return (await wait('uploadFile', { url: U + '/form', filePath: 'data:a/b;base64,' + 'A'.repeat(2 << 20), name: 'photo' }))[0]`:                                                                       `"no"`,
		`return (await wait('downloadFile', { url: 'https://elsewhere.invalid/x.png' }))[1].errMsg`:                                                                                                           `"downloadFile:fail url not in domain list"`,
	} {
		if got := p.run("wx", "const U = "+fmt.Sprintf("%q", url)+"; "+body); got != want {
			t.Errorf("%s:\n got %s\nwant %s", body, got, want)
		}
	}
	for body, want := range map[string]string{
		`const [k, r] = await call('request', { url: U, method: 'POST', data: { a: 1 }, headers: { 'X-A': 'v' } }); return [k, r.status, r.headers['X-Seen'], r.data]`: `["success",200,"POST  application/json v",{"ok":true}]`,
		`return (await wait('request', { url: U + '/text', dataType: 'base64' }))[1].data`:                                                                             `"eyJhIjoxfQ=="`,
		`const e = (await call('request', { url: U + '/down' }))[1]; return [e.error, e.status]`:                                                                       `[19,503]`,
		`return (await wait('request', { url: 'https://elsewhere.invalid' }))[1].error`:                                                                                `11`,
	} {
		if got := p.run("my", "const U = "+fmt.Sprintf("%q", url)+"; "+body); got != want {
			t.Errorf("%s:\n got %s\nwant %s", body, got, want)
		}
	}
}
