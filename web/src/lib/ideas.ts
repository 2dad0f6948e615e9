/** What a new conversation offers to say, drawn from the services there are. */
import { locale, t } from './i18n.svelte';
import { inLang, readable } from './merchant';
import type { Service } from './types';

export interface Idea { text: string; from: string[] }

const most = 4;
const longest = 40;
// A look at what was bought, or its undoing, is nothing to begin with.
const later = /取消|退款|好了吗|到哪|查询|状态|cancel|refund|status|my order|[?？]$/i;
const ordering = /下单$/;

/** Sentences of each service's own, the first two together in one: that is what only one confirmation can do. */
export function ideasOf(services: Service[]): Idea[] {
  const each = services.map((s) => ({ name: s.name, sentences: sentencesOf(s) })).filter((s) => s.sentences.length > 0);
  // Who offers least to say goes first into the joint sentence, so that what has many keeps another for its own line.
  const [a, b] = each.toSorted((x, y) => x.sentences.length - y.sentences.length);
  const ideas: Idea[] = a && b ? [{ text: t('hello.join', { first: a.sentences[0]!, second: lower(b.sentences[0]!) }), from: [a.name, b.name] }] : [];
  const used = new Set(ideas.length > 0 ? [a!.sentences[0], b!.sentences[0]] : []);
  for (let round = 0; round < most && ideas.length < most; round++) {
    for (const s of each) {
      const text = s.sentences[round];
      if (!text || used.has(text) || ideas.length >= most) continue;
      used.add(text);
      ideas.push({ text, from: [s.name] });
    }
  }
  return ideas;
}

function sentencesOf(s: Service): string[] {
  const said = (s.examples ?? []).filter((e) => readable(e) && e.length <= longest * (locale.lang === 'en' ? 2 : 1) && !later.test(e));
  if (said.length > 0) return said;
  // A service that quotes nobody still says what it does: its step that orders.
  return (s.capabilities ?? []).filter((c) => c.effect === 'irreversible' && c.title !== '' && !later.test(c.title))
    .map((c) => inLang(c.title).replace(ordering, '')).filter((title) => readable(title)).map((title) => t('hello.do', { title }));
}

const lower = (s: string) => (/^[A-Z][a-z]/.test(s) ? s[0]!.toLowerCase() + s.slice(1) : s);
