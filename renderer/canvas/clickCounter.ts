/** As the systems' own default. */
const mostPauseMs = 500;
const mostMoveViewPx = 4;

interface Press {
  readonly timeStamp: number;
  readonly clientX: number;
  readonly clientY: number;
  readonly button: number;
}

/** Tells a double click from two: pointer events don't count presses. */
export class ClickCounter {
  #last: Press | null = null;
  #count = 0;

  /** @returns 1 for a press of its own, 2 for the second of two that belong together, and so on */
  count(press: Press): number {
    const last = this.#last;
    const follows =
      last !== null &&
      last.button === press.button &&
      press.timeStamp - last.timeStamp <= mostPauseMs &&
      Math.hypot(press.clientX - last.clientX, press.clientY - last.clientY) <= mostMoveViewPx;
    this.#count = follows ? this.#count + 1 : 1;
    this.#last = { timeStamp: press.timeStamp, clientX: press.clientX, clientY: press.clientY, button: press.button };
    return this.#count;
  }
}
