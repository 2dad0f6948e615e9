// The skill runtime inside a context: a CommonJS loader, the model context and the platform's api object.
// Nothing here is trusted by the host: it checks every request again.
const G = globalThis;
const { Promise, Error, Object, Array, JSON, Map, String, Number, Proxy, Uint8Array, ArrayBuffer } = G;
const { parse, stringify } = JSON;
const { create, defineProperty, keys: keysOf, assign, freeze } = Object;
const isArray = Array.isArray, encode = G.encodeURIComponent;
const isObject = (v) => v !== null && typeof v === 'object';
const own = (o, k) => Object.prototype.hasOwnProperty.call(o, k);
const copyOf = (v) => { const s = stringify(v); return s === undefined ? undefined : parse(s); };
const queryOf = (q) => {
  if (q === undefined || q === null) return '';
  if (!isObject(q)) return String(q);
  return keysOf(q).filter((k) => q[k] !== undefined && q[k] !== null)
    .map((k) => encode(k) + '=' + encode(isObject(q[k]) ? stringify(q[k]) : String(q[k]))).join('&');
};
