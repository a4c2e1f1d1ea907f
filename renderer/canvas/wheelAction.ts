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
}

const lineViewPx = 40;
const pageViewPx = 400;
/** A mouse wheel's notch (100 px) zooms by about a fifth, a pinch by what the fingers do. */
const zoomPerViewPx = 0.0018;
const maxZoomViewPx = 300;

/**
 * Ctrl or Cmd with the wheel, and a pinch (which browsers report as Ctrl and wheel): zoom. Alt: brush size. Otherwise: pan, with Shift
 * sideways. @returns null for a wheel that has not moved
 */
export const wheelActionOf = (wheel: WheelInput): WheelAction | null => {
  const unit = wheel.deltaMode === 1 ? lineViewPx : wheel.deltaMode === 2 ? pageViewPx : 1;
  const dx = wheel.deltaX * unit;
  const dy = wheel.deltaY * unit;
  if (dx === 0 && dy === 0) return null;
  if (wheel.ctrlKey || wheel.metaKey) {
    const turned = Math.min(maxZoomViewPx, Math.max(-maxZoomViewPx, dy));
    // A pinch comes in small steps that stand for more.
    const gain = Math.abs(turned) < 50 ? 5 : 1;
    return { kind: 'zoom', factor: Math.exp(-turned * gain * zoomPerViewPx) };
  }
  if (wheel.altKey) return { kind: 'size', direction: (dy === 0 ? dx : dy) < 0 ? 1 : -1 };
  // Some systems turn Shift and wheel into a sideways wheel by themselves.
  if (wheel.shiftKey && dx === 0) return { kind: 'pan', dxViewPx: -dy, dyViewPx: 0 };
  return { kind: 'pan', dxViewPx: -dx, dyViewPx: -dy };
};
