/** Where the keyboard was in a card that waits for an answer, it goes on from what takes the card's place. Made while a component is set up. */
export class Handover {
  card = $state<HTMLElement>();
  closed = $state<HTMLElement>();
  #held = false;

  constructor() {
    $effect(() => {
      if (!this.closed || !this.#held) return;
      this.#held = false;
      if (document.activeElement === document.body) this.closed.focus({ preventScroll: true });
    });
  }

  /** Notes where the keyboard is, before buttons are switched off and lose the focus. */
  hold() {
    this.#held = this.card?.contains(document.activeElement) ?? false;
  }
}
