import en from '../../../internal/i18n/en.json';
import zh from '../../../internal/i18n/zh.json';

/** A sentence of the catalogue that the Go program embeds too. */
export type Key = keyof typeof zh & keyof typeof en;
export type Lang = 'zh' | 'en';

const catalogues: Record<Lang, Record<string, string>> = { zh, en };
const stored = 'bangwo.lang';

function first(): Lang {
  try {
    const kept = localStorage.getItem(stored);
    if (kept === 'zh' || kept === 'en') return kept;
  } catch { /* storage is switched off */ }
  for (const tag of navigator.languages ?? []) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'zh';
}

class Locale {
  lang = $state<Lang>(first());

  /** Switches the language of the interface at once and for the next visit. */
  use(lang: Lang) {
    this.lang = lang;
    try { localStorage.setItem(stored, lang); } catch { /* storage is switched off */ }
  }

  get tag() { return this.lang === 'zh' ? 'zh-CN' : 'en-GB'; }
}

export const locale = new Locale();

/** The sentence of key in the chosen language with its placeholders filled. */
export function t(key: Key, params?: Record<string, string | number>): string {
  return fill(catalogues[locale.lang][key] ?? key, params);
}

/** The same for a key that is put together at run time; undefined where there is no such sentence. */
export function maybe(key: string, params?: Record<string, string | number>): string | undefined {
  const text = catalogues[locale.lang][key];
  return text === undefined ? undefined : fill(text, params);
}

function fill(text: string, params?: Record<string, string | number>): string {
  if (!params) return text;
  return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}
