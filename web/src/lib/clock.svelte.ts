/** One clock for every countdown on the page: it ticks only while somebody looks at it. */
class Clock {
  now = $state(Date.now());
  #watchers = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Keeps it ticking until the returned function is called; meant for $effect. */
  watch(): () => void {
    if (this.#watchers++ === 0) {
      this.now = Date.now();
      this.#timer = setInterval(() => { this.now = Date.now(); }, 1000);
    }
    return () => {
      if (--this.#watchers === 0) clearInterval(this.#timer);
    };
  }
}

export const clock = new Clock();
