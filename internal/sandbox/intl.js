  // The engine has no Intl and prints every locale alike. These are the forms that code in Chinese and English expects
  // of dates, times and amounts; other locales are printed as in English.
  (() => {
    const pad = (n, w) => { let s = '' + n; while (s.length < w) s = '0' + s; return s; };
    const localeOf = (l) => { const s = isArray(l) ? l[0] : l; return s === undefined || s === null || s === '' ? 'zh-CN' : String(s); };
    const zh = (l) => l.toLowerCase().startsWith('zh');

    const signs = { CNY: ['¥', 'CN¥'], USD: ['US$', '$'], EUR: ['€', '€'], GBP: ['£', '£'], JPY: ['JP¥', '¥'], HKD: ['HK$', 'HK$'], TWD: ['NT$', 'NT$'], KRW: ['₩', '₩'] };
    const bounded = (v, low, high, otherwise) => { if (v === undefined) return otherwise; const n = Number(v); if (!(n >= low && n <= high)) throw new RangeError('value is out of range'); return Math.floor(n); };
    const grouped = (s) => s.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    const number = (value, locales, o = {}) => {
      const l = localeOf(locales), style = o.style || 'decimal', currency = String(o.currency || '').toUpperCase();
      if (style === 'currency' && currency === '') throw new TypeError('currency code is required');
      if (typeof value === 'bigint') return (value < 0n ? '-' : '') + grouped(String(value < 0n ? -value : value));
      let n = Number(value);
      if (isNaN(n)) return 'NaN';
      if (style === 'percent') n *= 100;
      const least = style === 'currency' ? (currency === 'JPY' || currency === 'KRW' ? 0 : 2) : 0;
      const min = bounded(o.minimumFractionDigits, 0, 20, o.maximumFractionDigits === undefined ? least : Math.min(least, Number(o.maximumFractionDigits)));
      const max = bounded(o.maximumFractionDigits, 0, 20, Math.max(min, style === 'currency' ? least : style === 'percent' ? 0 : 3));
      if (max < min) throw new RangeError('maximumFractionDigits value is out of range');
      let unit = '';
      if (o.notation === 'compact') {
        for (const [at, name] of zh(l) ? [[1e8, '亿'], [1e4, '万']] : [[1e9, 'B'], [1e6, 'M'], [1e3, 'K']]) if (Math.abs(n) >= at) { n /= at; unit = name; break; }
        if (unit !== '') n = Number(n.toFixed(Math.abs(n) < 100 ? 1 : 0));
      }
      let [whole, part = ''] = (Math.abs(n) === Infinity ? '∞' : Math.abs(n) >= 1e21 ? String(BigInt(Math.abs(n))) : Math.abs(Number(Math.abs(n) + 'e' + max) < 1e21 ? Math.round(Number(Math.abs(n) + 'e' + max)) / 10 ** max : Math.abs(n)).toFixed(max)).split('.');
      while (part.length > min && part.endsWith('0')) part = part.slice(0, -1);
      whole = pad(whole, bounded(o.minimumIntegerDigits, 1, 21, 1));
      const text = (o.useGrouping === false ? whole : grouped(whole)) + (part ? '.' + part : '') + unit + (style === 'percent' ? '%' : '');
      const sign = style !== 'currency' ? '' : o.currencyDisplay === 'code' ? currency + ' ' : (signs[currency] || [currency + ' ', currency + ' '])[zh(l) ? 0 : 1];
      return (n < 0 && /[1-9∞]/.test(text) ? '-' : '') + sign + text;
    };

    const zones = { UTC: 0, GMT: 0, 'Etc/UTC': 0, 'Asia/Shanghai': 8, 'Asia/Chongqing': 8, 'Asia/Hong_Kong': 8, 'Asia/Taipei': 8, 'Asia/Singapore': 8, PRC: 8, 'Asia/Tokyo': 9, 'Asia/Seoul': 9 };
    const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
    const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
    const fields = ['weekday', 'year', 'month', 'day', 'hour', 'minute', 'second'];
    // options fills in what is asked for when nothing is: what is 'date', 'time' or 'any'.
    const options = (o, what) => {
      const out = Object.assign({}, o), full = { year: 'numeric', month: 'long', day: 'numeric' }, short = { year: 'numeric', month: 'numeric', day: 'numeric' };
      if (o.dateStyle) Object.assign(out, o.dateStyle === 'short' ? short : o.dateStyle === 'medium' ? { year: 'numeric', month: 'short', day: 'numeric' } : full, o.dateStyle === 'full' ? { weekday: 'long' } : {});
      if (o.timeStyle) Object.assign(out, { hour: 'numeric', minute: '2-digit' }, o.timeStyle === 'short' ? {} : { second: '2-digit' });
      if (fields.some((f) => out[f] !== undefined)) return out;
      if (what !== 'time') Object.assign(out, short);
      if (what !== 'date') Object.assign(out, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
      return out;
    };
    const dateText = (p, l, o) => {
      const low = l.toLowerCase(), word = o.month === 'long' || o.month === 'short' || o.month === 'narrow';
      const y = o.year === undefined ? '' : o.year === '2-digit' ? pad(p.year % 100, 2) : '' + p.year;
      const m = o.month === undefined ? '' : o.month === '2-digit' ? pad(p.month, 2) : '' + p.month;
      const d = o.day === undefined ? '' : o.day === '2-digit' ? pad(p.day, 2) : '' + p.day;
      if (zh(l)) {
        const week = o.weekday === undefined ? '' : (o.weekday === 'long' ? '星期' : '周') + '日一二三四五六'[p.weekday];
        return (word ? (y && y + '年') + (m && m + '月') + (d && d + '日') : [y, m, d].filter((s) => s).join('/')) + week;
      }
      const week = o.weekday === undefined ? '' : o.weekday === 'long' ? days[p.weekday] : days[p.weekday].slice(0, 3);
      if (low.startsWith('sv') || low === 'en-ca') return [week, [y, m && pad(m, 2), d && pad(d, 2)].filter((s) => s).join('-')].filter((s) => s).join(', ');
      if (!word) return [week, (low === 'en-gb' ? [d && pad(d, 2), m && pad(m, 2), y] : [m, d, y]).filter((s) => s).join('/')].filter((s) => s).join(', ');
      const name = o.month === 'long' ? months[p.month - 1] : months[p.month - 1].slice(0, 3);
      return [week, low === 'en-gb' ? [d, name, y].filter((s) => s).join(' ') : [[name, d].filter((s) => s).join(' '), y].filter((s) => s).join(d ? ', ' : ' ')].filter((s) => s).join(', ');
    };
    const timeText = (p, l, o) => {
      const half = o.hour12 !== undefined ? !!o.hour12 : o.hourCycle ? o.hourCycle === 'h12' || o.hourCycle === 'h11' : !zh(l) && !/^(sv|en-gb)/i.test(l);
      const h = half ? p.hour % 12 || 12 : p.hour;
      const hour = o.hour === undefined ? '' : o.hour === '2-digit' || !half ? pad(h, 2) : '' + h;
      const text = [hour, o.minute === undefined ? '' : pad(p.minute, 2), o.second === undefined ? '' : pad(p.second, 2)].filter((s) => s).join(':');
      if (!half || o.hour === undefined) return text;
      return zh(l) ? (p.hour < 12 ? '上午' : '下午') + text : text + (p.hour < 12 ? ' AM' : ' PM');
    };
    const partsOf = (date, o) => {
      const offset = o.timeZone === undefined ? undefined : zones[String(o.timeZone)], t = new Date(offset === undefined ? date.getTime() - date.getTimezoneOffset() * 60000 : date.getTime() + offset * 3600000);
      return { year: t.getUTCFullYear(), month: t.getUTCMonth() + 1, day: t.getUTCDate(), weekday: t.getUTCDay(), hour: t.getUTCHours(), minute: t.getUTCMinutes(), second: t.getUTCSeconds() };
    };
    const when = (date, locales, o, what) => {
      if (isNaN(date.getTime())) return 'Invalid Date';
      const l = localeOf(locales), all = options(o || {}, what), p = partsOf(date, all), d = dateText(p, l, all), t = timeText(p, l, all);
      return [d, t].filter((s) => s).join(zh(l) || /^sv/i.test(l) ? ' ' : ', ');
    };
    for (const [name, what] of [['toLocaleDateString', 'date'], ['toLocaleTimeString', 'time'], ['toLocaleString', 'any']]) {
      defineProperty(Date.prototype, name, { value(locale, o) { return when(this, locale, o, what); }, writable: true, configurable: true });
    }
    defineProperty(Number.prototype, 'toLocaleString', { value(locale, o) { return number(Number(this), locale, o); }, writable: true, configurable: true });
    defineProperty(G.BigInt.prototype, 'toLocaleString', { value(locale, o) { return number(BigInt(this), locale, o); }, writable: true, configurable: true });

    class NumberFormat {
      #l; #o;
      constructor(l, o) { this.#l = localeOf(l); this.#o = Object.assign({}, o); number(0, this.#l, this.#o); this.format = (n) => number(n, this.#l, this.#o); }
      formatToParts(n) { return [{ type: 'literal', value: this.format(n) }]; }
      resolvedOptions() { return Object.assign({ locale: this.#l, numberingSystem: 'latn', style: 'decimal' }, this.#o); }
    }
    class DateTimeFormat {
      #l; #o;
      constructor(l, o) { this.#l = localeOf(l); this.#o = Object.assign({}, o); this.format = (d) => when(d === undefined ? new G.Date() : new Date(d), this.#l, this.#o, 'date'); }
      formatToParts(d) {
        const all = options(this.#o, 'date'), p = partsOf(d === undefined ? new G.Date() : new Date(d), all), week = zh(this.#l) ? '星期' + '日一二三四五六'[p.weekday] : days[p.weekday];
        return fields.filter((f) => all[f] !== undefined).map((type) => ({ type, value: type === 'weekday' ? week : pad(p[type], all[type] === '2-digit' || type === 'minute' || type === 'second' ? 2 : 1) }));
      }
      resolvedOptions() { return Object.assign({ locale: this.#l, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'Asia/Shanghai' }, this.#o); }
    }
    class Collator { constructor() { this.compare = (a, b) => String(a).localeCompare(String(b)); } }
    class PluralRules { #l; constructor(l) { this.#l = localeOf(l); } select(n) { return !zh(this.#l) && Number(n) === 1 ? 'one' : 'other'; } }
    const Intl = { NumberFormat, DateTimeFormat, Collator, PluralRules, getCanonicalLocales: (l) => (l === undefined ? [] : isArray(l) ? l.map(String) : [String(l)]) };
    for (const name of ['NumberFormat', 'DateTimeFormat', 'Collator', 'PluralRules']) {
      const made = Intl[name], callable = (...args) => new made(...args); // Intl.NumberFormat() works without new, too
      Intl[name] = new G.Proxy(function () {}, { construct: (t, args) => new made(...args), apply: (t, self, args) => callable(...args), get: (t, k) => (k === 'supportedLocalesOf' ? Intl.getCanonicalLocales : made[k]) });
    }
    if (!('Intl' in G)) defineProperty(G, 'Intl', { value: Intl, writable: true, configurable: true, enumerable: false });
  })();
