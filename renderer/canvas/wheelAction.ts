/** What turning the wheel does, as in common drawing programs. */
export type WheelAction =
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'size'; readonly direction: -1 | 1 }
  | { readonly kind: 'pan'; readonly dxViewPx: number; readonly dyViewPx: number };

export interface WheelInput {
  readonly deltaX: number;
  readonly deltaY: number;
  /** As in the DOM: 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** Whether a mouse's wheel was turned, see {@link WheelDevice}; else fingers moved on a touchpad. */
  readonly isNotch: boolean;
}

const lineViewPx = 40;
const pageViewPx = 400;
/** A mouse wheel's notch (100 px) zooms by about a fifth, a pinch by what the fingers do. */
const zoomPerViewPx = 0.0018;
const maxZoomViewPx = 300;

/** A mouse's wheel turns by whole notches of this, as the browser counts them; a touchpad reports what the fingers do. */
const notch = 120;
/** A flick on a touchpad may pass a whole notch: what came just before tells. */
const sameDeviceMs = 400;

/** Tells a mouse's wheel from two fingers on a touchpad: browsers report both alike. */
export class WheelDevice {
  #lastFingersMs = -Infinity;

  /** @param event `wheelDeltaX`, `wheelDeltaY` are Chromium's, in notches of 120 */
  isNotch(event: { readonly deltaMode: number; readonly timeStamp: number; readonly wheelDeltaX?: number; readonly wheelDeltaY?: number }): boolean {
    const { deltaMode, timeStamp, wheelDeltaX = 0, wheelDeltaY = 0 } = event;
    const isWhole = deltaMode !== 0 || (wheelDeltaX % notch === 0 && wheelDeltaY % notch === 0);
    if (!isWhole || timeStamp - this.#lastFingersMs < sameDeviceMs) {
      this.#lastFingersMs = timeStamp;
      return false;
    }
    return true;
  }
}

/**
 * Alt: brush size. A mouse's wheel zooms, with Shift it pans sideways. On a touchpad two fingers pan and a pinch (which browsers report as Ctrl and wheel)
 * zooms. Ctrl or Cmd zooms on both. @returns null for a wheel that has not moved
 */
export const wheelActionOf = (wheel: WheelInput): WheelAction | null => {
  const unit = wheel.deltaMode === 1 ? lineViewPx : wheel.deltaMode === 2 ? pageViewPx : 1;
  const dx = wheel.deltaX * unit;
  const dy = wheel.deltaY * unit;
  if (dx === 0 && dy === 0) return null;
  if (wheel.altKey) return { kind: 'size', direction: (dy === 0 ? dx : dy) < 0 ? 1 : -1 };
  if (wheel.ctrlKey || wheel.metaKey || (wheel.isNotch && !wheel.shiftKey && dx === 0)) {
    const turned = Math.min(maxZoomViewPx, Math.max(-maxZoomViewPx, dy));
    // A pinch comes in small steps that stand for more.
    const gain = Math.abs(turned) < 50 ? 5 : 1;
    return { kind: 'zoom', factor: Math.exp(-turned * gain * zoomPerViewPx) };
  }
  // Some systems turn Shift and wheel into a sideways wheel by themselves.
  if (wheel.shiftKey && dx === 0) return { kind: 'pan', dxViewPx: -dy, dyViewPx: 0 };
  return { kind: 'pan', dxViewPx: -dx, dyViewPx: -dy };
};
