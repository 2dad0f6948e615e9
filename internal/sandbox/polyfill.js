  (() => {
    const def = (name, value) => { if (!(name in G)) defineProperty(G, name, { value, writable: true, configurable: true, enumerable: false }); };

    // structuredClone of plain data, dates, maps, sets and cycles
    def('structuredClone', (value) => {
      const seen = new Map();
      const copy = (v) => {
        if (typeof v === 'function' || typeof v === 'symbol') throw new TypeError('value could not be cloned');
        if (v === null || typeof v !== 'object') return v;
        if (seen.has(v)) return seen.get(v);
        let out;
        if (v instanceof Date) return new Date(v.getTime());
        if (v instanceof RegExp) return new RegExp(v.source, v.flags);
        if (v instanceof ArrayBuffer) return v.slice(0);
        if (ArrayBuffer.isView(v)) return new v.constructor(v);
        if (v instanceof Map) { out = new Map(); seen.set(v, out); v.forEach((x, k) => out.set(copy(k), copy(x))); return out; }
        if (v instanceof Set) { out = new Set(); seen.set(v, out); v.forEach((x) => out.add(copy(x))); return out; }
        if (v instanceof Error) { out = new Error(v.message); out.name = v.name; return out; }
        out = isArray(v) ? [] : {};
        seen.set(v, out);
        for (const k of Object.keys(v)) out[k] = copy(v[k]);
        return out;
      };
      return copy(value);
    });

    def('TextEncoder', class TextEncoder {
      get encoding() { return 'utf-8'; }
      encode(text = '') {
        const bytes = [];
        for (const ch of String(text)) {
          let c = ch.codePointAt(0);
          if (c >= 0xd800 && c <= 0xdfff) c = 0xfffd;
          if (c < 0x80) bytes.push(c);
          else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63));
          else if (c < 0x10000) bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
          else bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
        }
        return new Uint8Array(bytes);
      }
    });
    def('TextDecoder', class TextDecoder {
      get encoding() { return 'utf-8'; }
      decode(data) {
        if (data === undefined) return '';
        const b = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
        let out = '', i = 0;
        while (i < b.length) {
          const c = b[i++];
          const more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : -1;
          if (more < 0) { out += '\ufffd'; continue; }
          let p = more === 0 ? c : c & (0x3f >> more), ok = true;
          for (let k = 0; k < more; k++) { if ((b[i] & 0xc0) !== 0x80) { ok = false; break; } p = (p << 6) | (b[i++] & 63); }
          out += ok ? String.fromCodePoint(p > 0x10ffff ? 0xfffd : p) : '\ufffd';
        }
        return out;
      }
    });

    const decode = (s) => { try { return decodeURIComponent(s.replace(/\+/g, ' ')); } catch (e) { return s; } };
    class Params {
      #list = [];
      constructor(init) {
        if (typeof init === 'string') {
          for (const part of init.replace(/^\?/, '').split('&')) {
            if (part === '') continue;
            const at = part.indexOf('=');
            this.append(decode(at < 0 ? part : part.slice(0, at)), at < 0 ? '' : decode(part.slice(at + 1)));
          }
        } else if (init && typeof init[Symbol.iterator] === 'function') for (const [k, v] of init) this.append(k, v);
        else if (init) for (const k of Object.keys(init)) this.append(k, init[k]);
      }
      append(k, v) { this.#list.push([String(k), String(v)]); }
      delete(k) { this.#list = this.#list.filter((e) => e[0] !== k); }
      get(k) { const e = this.#list.find((x) => x[0] === k); return e ? e[1] : null; }
      getAll(k) { return this.#list.filter((x) => x[0] === k).map((x) => x[1]); }
      has(k) { return this.#list.some((x) => x[0] === k); }
      set(k, v) { const e = this.#list.find((x) => x[0] === k); if (e) e[1] = String(v); else this.append(k, v); }
      sort() { this.#list.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)); }
      forEach(f) { for (const [k, v] of this.#list) f(v, k, this); }
      keys() { return this.#list.map((e) => e[0])[Symbol.iterator](); }
      values() { return this.#list.map((e) => e[1])[Symbol.iterator](); }
      entries() { return this.#list.map((e) => [e[0], e[1]])[Symbol.iterator](); }
      [Symbol.iterator]() { return this.entries(); }
      get size() { return this.#list.length; }
      toString() { return this.#list.map((e) => encodeURIComponent(e[0]) + '=' + encodeURIComponent(e[1])).join('&'); }
    }
    def('URLSearchParams', Params);
    def('URL', class URL {
      constructor(text, base) {
        const shape = /^([a-zA-Z][a-zA-Z0-9+.-]*:)\/\/(?:([^/?#@]*)@)?([^/?#:]*|\[[^\]]*\])(?::(\d+))?([^?#]*)(\?[^#]*)?(#.*)?$/;
        let m = shape.exec(String(text));
        if (!m && base !== undefined) {
          const b = new URL(base), t = String(text);
          const path = t.startsWith('//') ? null : t.startsWith('/') ? b.origin + t : /^[?#]/.test(t) ? b.origin + b.pathname + t : b.origin + b.pathname.replace(/[^/]*$/, '') + t;
          m = shape.exec(path === null ? b.protocol + t : path);
        }
        if (!m) throw new TypeError('Invalid URL');
        const auth = (m[2] || '').split(':');
        this.protocol = m[1].toLowerCase(); this.username = auth[0]; this.password = auth[1] || '';
        this.hostname = m[3].toLowerCase(); this.port = m[4] || ''; this.search = m[6] === '?' ? '' : m[6] || ''; this.hash = m[7] === '#' ? '' : m[7] || '';
        const parts = [];
        for (const p of (m[5] || '/').split('/').slice(1)) { if (p === '..') parts.pop(); else if (p !== '.') parts.push(p); }
        this.pathname = '/' + parts.join('/');
        this.searchParams = new Params(this.search);
      }
      get host() { return this.hostname + (this.port ? ':' + this.port : ''); }
      get origin() { return this.protocol + '//' + this.host; }
      get href() { const q = this.searchParams.toString(); return this.origin + this.pathname + (q ? '?' + q : '') + this.hash; }
      toString() { return this.href; }
      toJSON() { return this.href; }
    });
  })();
