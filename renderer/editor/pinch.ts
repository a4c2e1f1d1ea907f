import type { PointerInput } from './types.ts';
import type { ViewControl } from './viewControl.ts';

interface Finger {
  readonly xViewPx: number;
  readonly yViewPx: number;
}

const middle = (a: Finger, b: Finger): Finger => ({ xViewPx: (a.xViewPx + b.xViewPx) / 2, yViewPx: (a.yViewPx + b.yViewPx) / 2 });
/** Fingers that lie on one another would zoom without end. */
const leastDistanceViewPx = 10;
const distance = (a: Finger, b: Finger): number => Math.max(leastDistanceViewPx, Math.hypot(a.xViewPx - b.xViewPx, a.yViewPx - b.yViewPx));

/** Two fingers on a touch screen move and zoom the view; one finger is a tool's. */
export class PinchGesture {
  readonly #view: ViewControl;
  /** In the order in which they came down; the first two count. */
  readonly #fingers = new Map<number, Finger>();

  constructor(view: ViewControl) {
    this.#view = view;
  }

  /** @returns whether the view has the fingers now */
  down({ pointerType, pointerId, samples }: PointerInput): boolean {
    const place = samples.at(-1);
    if (pointerType !== 'touch' || place === undefined) return false;
    this.#fingers.set(pointerId, place);
    return this.#fingers.size >= 2;
  }

  /** @returns whether the movement was the view's */
  move({ pointerId, samples }: PointerInput): boolean {
    const place = samples.at(-1);
    if (place === undefined || !this.#fingers.has(pointerId)) return false;
    const before = this.#pair();
    this.#fingers.set(pointerId, place);
    const after = this.#pair();
    if (before === null || after === null) return false;
    const from = middle(...before);
    const to = middle(...after);
    this.#view.panBy(to.xViewPx - from.xViewPx, to.yViewPx - from.yViewPx);
    const factor = distance(...after) / distance(...before);
    if (factor !== 1) this.#view.zoomBy(factor, to.xViewPx, to.yViewPx);
    return true;
  }

  up(pointerId: number): void {
    this.#fingers.delete(pointerId);
  }

  #pair(): readonly [Finger, Finger] | null {
    const [first, second] = this.#fingers.values();
    return first === undefined || second === undefined ? null : [first, second];
  }
}
