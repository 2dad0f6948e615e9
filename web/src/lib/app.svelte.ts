import { api, ApiError, session, words } from './api';
import { locale, type Lang } from './i18n.svelte';
import type { Conversation, Me, Profile, Service } from './types';

const noticeFor = 5000;

/** Who is signed in, and what every screen shares. */
class App {
  /** undefined: not known yet; null: nobody is signed in. */
  me = $state.raw<Me | null | undefined>(undefined);
  problem = $state('');
  online = $state(navigator.onLine);
  conversations = $state.raw<Conversation[]>([]);
  services = $state.raw<Map<string, Service>>(new Map());
  notice = $state('');
  drawer = $state(false);
  keys = $state(false);
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener('online', () => { this.online = true; if (this.me === undefined) void this.start(); });
    addEventListener('offline', () => { this.online = false; });
    session.lost = () => { this.me = null; };
  }

  async start() {
    this.problem = '';
    try {
      this.take(await api.me());
      void this.refreshConversations();
      void this.learnServices();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unsigned') this.me = null;
      else this.problem = words(error);
    }
  }

  async signIn(person: string) {
    await api.signIn(person);
    await this.start();
    const lang = this.me?.lang;
    if (lang === 'zh' || lang === 'en') locale.use(lang);
  }

  async signOut() {
    await api.signOut().catch(() => {});
    this.me = null;
    this.conversations = [];
  }

  async refreshMe() {
    try { this.take(await api.me()); } catch { /* the next refresh will do */ }
  }

  async refreshConversations() {
    try { this.conversations = await api.conversations(); } catch { /* the next refresh will do */ }
  }

  async saveProfile(profile: Profile, lang: Lang) {
    await api.putProfile({ ...profile, lang });
    await this.refreshMe();
  }

  /** Switches the language, here and, where somebody is signed in, in their profile. */
  useLang(lang: Lang) {
    locale.use(lang);
    if (this.me && this.me.lang !== lang) void this.saveProfile(this.me.profile, lang).catch(() => {});
  }

  /** A service's words for the names in its results. */
  labelsOf(id: string): Record<string, string> { return this.services.get(id)?.labels ?? {}; }

  serviceName(id: string): string { return this.services.get(id)?.name ?? ''; }

  /** Says something for a moment at the foot of the page. */
  say(text: string) {
    this.notice = text;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => { this.notice = ''; }, noticeFor);
  }

  private take(me: Me) {
    const p = me.profile ?? {};
    this.me = {
      ...me,
      profile: { name: p.name ?? me.name, phone: p.phone ?? '', place: p.place ?? '', addresses: p.addresses ?? [], consents: p.consents ?? [] },
    };
  }

  private async learnServices() {
    try { this.services = new Map((await api.services()).map((s) => [s.id, s])); } catch { /* names stay hidden */ }
  }
}

export const app = new App();
