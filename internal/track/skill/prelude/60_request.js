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
const request = async (o) => {
  const method = String(o.method || 'GET').toUpperCase(), headers = {};
  const given = isObject(o.header) ? o.header : isObject(o.headers) ? o.headers : {};
  for (const k of keysOf(given)) headers[k] = String(given[k]);
  let url = String(o.url || ''), body, binary = false;
  if (o.data !== undefined && o.data !== null) {
    if (method === 'GET' || method === 'HEAD') {
      const q = queryOf(o.data);
      if (q) url += (url.indexOf('?') < 0 ? '?' : '&') + q;
    } else if (o.data instanceof ArrayBuffer || ArrayBuffer.isView(o.data)) {
      body = toBase64(o.data); binary = true;
    } else if (typeof o.data === 'string') {
      body = o.data;
    } else {
      body = headerOf(headers, 'content-type').indexOf('x-www-form-urlencoded') >= 0 ? queryOf(o.data) : stringify(o.data);
    }
    if (body !== undefined && headerOf(headers, 'content-type') === '') headers['Content-Type'] = 'application/json';
  }
  const asBytes = o.responseType === 'arraybuffer' || o.dataType === 'arraybuffer' || o.dataType === 'base64';
  const r = await box.host('request', { url, method, headers, body, binary, timeout: Number(o.timeout) || 0, bytes: asBytes });
  if (r.fail) throw new Refusal(r.fail, r.kind || 'network');
  let data = r.body;
  if (asBytes) data = o.dataType === 'base64' ? data : fromBase64(data);
  else if ((o.dataType || 'json').toLowerCase() === 'json') { try { data = parse(data); } catch (e) { /* stays text */ } }
  if (!MY) return { data, statusCode: r.status, header: r.headers, cookies: r.cookies || [] };
  if (r.status >= 400) throw new Refusal('http status error', 'network', { error: 19, status: r.status, data, headers: r.headers });
  return { data, status: r.status, headers: r.headers };
};
