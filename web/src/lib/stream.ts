import { api } from './api';
import { eventTypes } from './thread';
import type { StreamEvent } from './types';

const firstDelay = 500;
const longestDelay = 15_000;

export type Link = 'connecting' | 'open' | 'lost';

interface Hooks {
  /** Events in order, as many as came in one frame. */
  events: (batch: StreamEvent[]) => void
  link: (state: Link) => void
  /** The sequence after which to go on. */
  after: () => number
}

/**
 * Follows a conversation until the returned function is called. A broken line is taken up again after the last
 * event that was seen; events of one frame are handed over together, so that a replay is drawn once.
 */
export function follow(conversation: string, hooks: Hooks): () => void {
  let source: EventSource | undefined;
  let delay = firstDelay;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let queue: StreamEvent[] = [];
  let flushing: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  const flush = () => {
    flushing = undefined;
    const batch = queue;
    queue = [];
    if (batch.length > 0 && !over) hooks.events(batch);
  };
  const take = (message: MessageEvent<string>) => {
    const event = read(message);
    if (!event) return;
    queue.push(event);
    flushing ??= setTimeout(flush, 16);
  };
  const open = () => {
    if (over) return;
    hooks.link('connecting');
    source = new EventSource(api.eventsUrl(conversation, hooks.after()));
    source.onopen = () => {
      delay = firstDelay;
      hooks.link('open');
    };
    source.onerror = () => {
      // The browser would resume by itself, but not after an answer other than 200; so we always do it.
      source?.close();
      flush();
      hooks.link('lost');
      timer = setTimeout(open, delay);
      delay = Math.min(delay * 2, longestDelay);
    };
    for (const type of eventTypes) source.addEventListener(type, take);
  };
  const wake = () => {
    if (timer === undefined || source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    open();
  };
  addEventListener('online', wake);
  open();
  return () => {
    over = true;
    source?.close();
    clearTimeout(timer);
    clearTimeout(flushing);
    removeEventListener('online', wake);
  };
}

function read(message: MessageEvent<string>): StreamEvent | undefined {
  const seq = Number(message.lastEventId);
  if (!Number.isFinite(seq) || seq <= 0) return undefined;
  try {
    return { seq, type: message.type, data: JSON.parse(message.data) };
  } catch {
    return undefined;
  }
}
