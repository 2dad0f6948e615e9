import { locale } from './i18n.svelte';

const han = /\p{Script=Han}/u;

/**
 * The half of a merchant's "中文 / English" that the person reads; a text in one language stays as it is. What stands
 * behind " · " belongs to both halves.
 */
export function inLang(text: string): string {
  const [head = '', ...rest] = text.split(' · ');
  const at = head.indexOf(' / ');
  if (at < 0) return text;
  const first = head.slice(0, at), second = head.slice(at + 3);
  if (han.test(first) === han.test(second)) return text;
  const chosen = han.test(first) === (locale.lang === 'zh') ? first : second;
  return [chosen.trim(), ...rest].join(' · ');
}

/** A step's title as a sentence begins: one made of a machine's name (find Outlets) too. */
export function stepTitle(text: string): string {
  const [head = '', ...rest] = inLang(text).split(' · ');
  const plain = /^[a-z]+( [A-Z][a-z]*)*$/.test(head) ? head[0]!.toUpperCase() + head.slice(1).toLowerCase() : head;
  return [plain, ...rest].join(' · ');
}

/** Tells whether a text can be read in the chosen language: everybody reads codes and numbers, not everybody Chinese. */
export function readable(text: string): boolean {
  return locale.lang === 'zh' ? han.test(text) : !han.test(text);
}

/** A name as machines write it (pickupCode, pickup_code, PICKUP-CODE), as words. */
export function wordsOf(name: string): string[] {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_.-]+/).filter(Boolean).map((w) => w.toLowerCase());
}
