import { api, newKey, words } from './api';
import { app } from './app.svelte';
import { router } from './router.svelte';
import { follow, type Link } from './stream';
import { applyAll, emptyThread, openPause, runningTurn, type Thread } from './thread';
import type { Answer } from './types';

/** The open conversation: its thread, its line to the server, and what the person does in it. */
class Talk {
  id = $state('');
  thread = $state.raw<Thread>(emptyThread);
  link = $state<Link>('connecting');
  /** Said but not yet echoed by the stream. */
  pending = $state('');
  failed = $state('');
  sending = $state(false);
  stopping = $state('');
  /** A text question that the person would rather not answer in the composer. */
  aside = $state('');
  running = $derived(runningTurn(this.thread));
  pause = $derived(openPause(this.thread));
  #stop: (() => void) | undefined;
  #retry = { text: '', key: '' };

  /** Opens a conversation; "" is a new one that exists once something is said. */
  open(id: string) {
    if (id === this.id && this.#stop) return;
    this.close();
    this.id = id;
    if (id) this.#follow(id);
  }

  close() {
    this.#stop?.();
    this.#stop = undefined;
    this.id = '';
    this.thread = emptyThread;
    this.pending = this.failed = this.stopping = this.aside = '';
  }

  /** Says a sentence. Tried again after a failure it is the same request, so nothing is said twice. */
  async say(text: string) {
    if (this.sending) return;
    this.sending = true;
    this.failed = '';
    this.pending = text;
    if (this.#retry.text !== text) this.#retry = { text, key: newKey() };
    try {
      if (!this.id) await this.#begin();
      await api.say(this.id, text, this.#retry.key);
      this.#retry = { text: '', key: '' };
      void app.refreshConversations();
    } catch (error) {
      this.failed = words(error);
    } finally {
      this.sending = false;
    }
  }

  async answer(pause: string, answer: Answer) { await api.answer(pause, answer); }

  async stop() {
    const turn = this.running?.id;
    if (!turn || this.stopping === turn) return;
    this.stopping = turn;
    try {
      await api.stop(turn);
    } catch (error) {
      this.stopping = '';
      app.say(words(error));
    }
  }

  forget() { this.pending = this.failed = ''; }

  async #begin() {
    const { id } = await api.newConversation();
    this.id = id;
    this.#follow(id);
    router.go({ name: 'chat', id }, true);
  }

  #follow(id: string) {
    this.link = 'connecting';
    this.#stop = follow(id, {
      after: () => this.thread.seq,
      link: (state) => { this.link = state; },
      events: (batch) => {
        const live = this.thread.seq > 0;
        this.thread = applyAll(this.thread, batch);
        if (batch.some((e) => e.type === 'turn')) this.pending = '';
        if (batch.some((e) => e.type === 'done')) this.stopping = '';
        if (live && batch.some((e) => e.type === 'payment' || e.type === 'done')) {
          void app.refreshMe();
          void app.refreshConversations();
        }
      },
    });
  }
}

export const talk = new Talk();
