// Requests: shaped here, checked and made by the host.
const b64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const toBase64 = (buffer) => {
  const b = buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  let out = '';
  for (let i = 0; i < b.length; i += 3) {
    const n = (b[i] << 16) | ((b[i + 1] || 0) << 8) | (b[i + 2] || 0);
    out += b64[n >> 18] + b64[(n >> 12) & 63] + (i + 1 < b.length ? b64[(n >> 6) & 63] : '=') + (i + 2 < b.length ? b64[n & 63] : '=');
  }
  return out;
};
const fromBase64 = (text) => {
  const clean = String(text).replace(/[^A-Za-z0-9+/]/g, ''), out = new Uint8Array(Math.floor(clean.length * 3 / 4));
  for (let i = 0, k = 0, bits = 0, have = 0; i < clean.length; i++) {
    bits = (bits << 6) | b64.indexOf(clean[i]); have += 6;
    if (have >= 8) { have -= 8; out[k++] = (bits >> have) & 255; bits &= (1 << have) - 1; }
  }
  return out.buffer;
};
const headerOf = (headers, name) => { for (const k of keysOf(headers)) if (k.toLowerCase() === name) return String(headers[k]); return ''; };
const headersOf = (o) => {
  const given = isObject(o.header) ? o.header : isObject(o.headers) ? o.headers : {}, headers = {};
  for (const k of keysOf(given)) if (given[k] !== undefined && given[k] !== null) headers[k] = String(given[k]);
  return headers;
};
const isBytes = (v) => v instanceof ArrayBuffer || ArrayBuffer.isView(v);
const send = async (r) => {
  const answer = await box.host('request', r);
  if (answer.fail) throw new Refusal(answer.fail, answer.kind || 'network');
  return answer;
};
// bodyOf shapes what is sent: {body, binary}, and the url of methods that have none.
const bodyOf = (o, method, headers, url) => {
  if (o.data === undefined || o.data === null) return { url };
  if (method === 'GET' || method === 'HEAD') {
    const q = queryOf(o.data);
    return { url: q ? url + (url.indexOf('?') < 0 ? '?' : '&') + q : url };
  }
  if (headerOf(headers, 'content-type') === '') headers['Content-Type'] = 'application/json';
  if (isBytes(o.data)) return { url, body: toBase64(o.data), binary: true };
  if (typeof o.data === 'string') return { url, body: o.data };
  return { url, body: headerOf(headers, 'content-type').toLowerCase().indexOf('x-www-form-urlencoded') >= 0 ? queryOf(o.data) : stringify(o.data) };
};
const decoded = (o, body, asBytes) => {
  if (asBytes) return o.dataType === 'base64' ? body : fromBase64(body);
  if (String(o.dataType || 'json').toLowerCase() !== 'json') return body;
  try { return parse(body); } catch (e) { if (MY && o.dataType) throw new Refusal('解码失败', 'network', { error: 14 }); return body; }
};
const request = async (o, options, tell) => {
  const method = String(o.method || 'GET').toUpperCase(), headers = headersOf(o);
  if (typeof o.url !== 'string' || o.url === '') throw new Refusal('parameter error: parameter.url should be String', 'missing');
  const shaped = bodyOf(o, method, headers, o.url);
  const asBytes = o.responseType === 'arraybuffer' || o.dataType === 'arraybuffer' || o.dataType === 'base64';
  const chunked = o.enableChunked === true || o.enableChunkedTransfer === true;
  const r = await send({ url: shaped.url, method, headers, body: shaped.body, binary: shaped.binary === true, timeout: Number(o.timeout) || 0, bytes: asBytes || chunked });
  tell('HeadersReceived', { header: r.headers, statusCode: r.status, cookies: r.cookies || [] });
  let body = r.body;
  if (chunked) {
    const bytes = fromBase64(body);
    tell('ChunkReceived', { data: bytes });
    if (!asBytes) body = new G.TextDecoder().decode(bytes);
  }
  const data = decoded(o, body, asBytes);
  if (!MY) return { data, statusCode: r.status, header: r.headers, cookies: r.cookies || [] };
  if (r.status >= 400) throw new Refusal('http status error', 'network', { error: 19, status: r.status, data, headers: r.headers });
  return { data, status: r.status, headers: r.headers };
};

// Files live as long as one call: what was downloaded can be looked at and sent on, nothing is ever on a disk.
const files = create(null);
let fileCount = 0;
const keepFile = (path, bytes, type) => { files[path] = { bytes, type }; return path; };
const fileAt = async (path, name) => {
  const p = String(path === undefined ? '' : path), data = /^data:([\w/+.-]*);base64,(.*)$/.exec(p);
  if (data) return { bytes: fromBase64(data[2]), type: data[1] };
  if (files[p]) return files[p];
  if (/^https?:/.test(p) && name === 'getImageInfo') { const r = await send({ url: p, method: 'GET', headers: {}, bytes: true }); return { bytes: fromBase64(r.body), type: headerOf(r.headers, 'content-type') }; }
  throw new Refusal('file not found', 'missing');
};
const downloadFile = async (o, options, tell) => {
  const r = await send({ url: String(o.url || ''), method: 'GET', headers: headersOf(o), timeout: Number(o.timeout) || 0, bytes: true });
  const bytes = fromBase64(r.body), size = bytes.byteLength;
  tell('HeadersReceived', { header: r.headers });
  tell('ProgressUpdate', { progress: 100, totalBytesWritten: size, totalBytesExpectedToWrite: size });
  const path = keepFile(o.filePath ? String(o.filePath) : 'http://tmp/' + (++fileCount), bytes, headerOf(r.headers, 'content-type'));
  return assign({ statusCode: r.status, header: r.headers, cookies: r.cookies || [], profile: {}, dataLength: size }, o.filePath ? { filePath: path } : { tempFilePath: path });
};
// uploadFile sends a form of the fields and the file.
const uploadFile = async (o, options, tell) => {
  if (!o.name) throw new Refusal('parameter error: parameter.name should be String', 'missing');
  const file = await fileAt(o.filePath, 'uploadFile'), edge = '----form' + toBase64(G.Uint8Array.from(String(o.url), (c) => c.charCodeAt(0) & 255)).replace(/[^A-Za-z0-9]/g, '').slice(-16) + (++fileCount);
  const clean = (s) => String(s).replace(/["\r\n]/g, '_'), encoder = new G.TextEncoder();
  let head = '';
  for (const k of keysOf(isObject(o.formData) ? o.formData : {})) head += '--' + edge + '\r\nContent-Disposition: form-data; name="' + clean(k) + '"\r\n\r\n' + String(o.formData[k]) + '\r\n';
  head += '--' + edge + '\r\nContent-Disposition: form-data; name="' + clean(o.name) + '"; filename="' + clean(String(o.filePath).startsWith('data:') ? 'file' : String(o.filePath).split('/').pop() || 'file') + '"\r\nContent-Type: ' + clean(file.type || 'application/octet-stream') + '\r\n\r\n';
  const parts = [encoder.encode(head), new Uint8Array(file.bytes), encoder.encode('\r\n--' + edge + '--\r\n')];
  const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  parts.reduce((at, p) => { whole.set(p, at); return at + p.length; }, 0);
  const headers = headersOf(o);
  for (const k of keysOf(headers)) if (k.toLowerCase() === 'content-type') delete headers[k];
  headers['Content-Type'] = 'multipart/form-data; boundary=' + edge;
  const r = await send({ url: String(o.url || ''), method: 'POST', headers, body: toBase64(whole), binary: true, timeout: Number(o.timeout) || 0 });
  tell('HeadersReceived', { header: r.headers });
  tell('ProgressUpdate', { progress: 100, totalBytesSent: whole.length, totalBytesExpectedToSend: whole.length });
  return { data: r.body, statusCode: r.status, header: r.headers, cookies: r.cookies || [] };
};
// getImageInfo reads the size that a PNG, GIF or JPEG states.
const getImageInfo = async (o) => {
  const b = new Uint8Array((await fileAt(o.src, 'getImageInfo')).bytes), u16 = (i) => (b[i] << 8) | b[i + 1];
  const found = (width, height, type) => ({ width, height, path: String(o.src), orientation: 'up', type });
  if (b[0] === 0x89 && b[1] === 0x50) return found((u16(16) << 16) | u16(18), (u16(20) << 16) | u16(22), 'png');
  if (b[0] === 0x47 && b[1] === 0x49) return found(b[6] | (b[7] << 8), b[8] | (b[9] << 8), 'gif');
  if (b[0] === 0xff && b[1] === 0xd8) {
    for (let i = 2; i + 9 < b.length; i += 2 + u16(i + 2)) {
      if (b[i] !== 0xff) break;
      if (b[i + 1] >= 0xc0 && b[i + 1] <= 0xc3) return found(u16(i + 7), u16(i + 5), 'jpeg');
    }
  }
  throw new Refusal('image format is not supported', 'missing');
};
