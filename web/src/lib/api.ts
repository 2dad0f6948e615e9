import { locale, maybe, t } from './i18n.svelte';
import type {
  Answer, Conversation, Me, Order, Person, Profile, Receipt, Service, Wallet,
} from './types';

const base = '/api/v1';
const timeout = 30_000;

/** What went wrong, in words for people. Code is one of the server's, "network" or "timeout". */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, text: string) {
    super(text);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
  }
}

/** What is done when the session has run out. */
export const session = { lost: () => {} };

async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': locale.lang };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  let response: Response;
  try {
    response = await fetch(base + path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin', signal: AbortSignal.timeout(timeout),
    });
  } catch (cause) {
    const late = cause instanceof DOMException && cause.name === 'TimeoutError';
    throw new ApiError(late ? 'timeout' : 'network', 0, late ? t('fault.timeout') : t('app.network'));
  }
  const raw = await response.text().catch(() => '');
  if (!response.ok) throw failure(response.status, raw);
  try {
    return (raw === '' ? undefined : JSON.parse(raw)) as T;
  } catch {
    throw new ApiError('internal', response.status, t('fault.internal'));
  }
}

function failure(status: number, raw: string): ApiError {
  let code = '', text = '';
  try {
    const error = (JSON.parse(raw) as { error?: { code?: string; text?: string } }).error;
    code = error?.code ?? '';
    text = error?.text ?? '';
  } catch { /* not our JSON: a proxy between */ }
  if (code === '') code = status === 401 ? 'unsigned' : status === 404 ? 'not_found' : status >= 502 ? 'unavailable' : 'internal';
  if (code === 'unsigned') session.lost();
  return new ApiError(code, status, text || maybe(`fault.${code}`) || t('fault.internal'));
}

/** A fresh idempotency key; works without a secure context too. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

const at = encodeURIComponent;
const list = <T>(items: T[] | null | undefined): T[] => items ?? [];

export const api = {
  people: () => call<Person[] | null>('GET', '/people').then(list),
  signIn: (person: string) => call<Person>('POST', '/session', { person }),
  signOut: () => call<void>('DELETE', '/session'),
  me: () => call<Me>('GET', '/me'),
  putProfile: (profile: Profile & { lang: string }) => call<unknown>('PUT', '/me/profile', profile),
  services: () => call<Service[] | null>('GET', '/services').then(list),
  conversations: () => call<Conversation[] | null>('GET', '/conversations').then(list),
  newConversation: () => call<{ id: string }>('POST', '/conversations', {}, newKey()),
  say: (conversation: string, text: string, key: string) =>
    call<{ turn: string }>('POST', `/conversations/${at(conversation)}/turns`, { text, zone: Intl.DateTimeFormat().resolvedOptions().timeZone || undefined }, key),
  answer: (pause: string, answer: Answer) => call<{ state: string }>('POST', `/pauses/${at(pause)}/answer`, answer, newKey()),
  stop: (turn: string) => call<unknown>('POST', `/turns/${at(turn)}/cancel`, {}, newKey()),
  orders: (after = '', limit = 20) =>
    call<Order[] | null>('GET', `/orders?limit=${limit}${after ? `&after=${at(after)}` : ''}`).then(list),
  order: (id: string) => call<Order>('GET', `/orders/${at(id)}`),
  cancelOrder: (id: string, key: string) => call<Order>('POST', `/orders/${at(id)}/cancel`, {}, key),
  refundOrder: (id: string, key: string) => call<Order>('POST', `/orders/${at(id)}/refund`, {}, key),
  receipt: (id: string) => call<Receipt>('GET', `/orders/${at(id)}/receipt`),
  wallet: () => call<Wallet>('GET', '/wallet'),
  eventsUrl: (conversation: string, after: number) => `${base}/conversations/${at(conversation)}/events?after=${after}`,
};

/** Words for whatever was thrown. */
export function words(error: unknown): string {
  return error instanceof Error && error.message ? error.message : t('fault.internal');
}
