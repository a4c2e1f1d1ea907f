import type { Editor } from '../editor/types.ts';
import type { BrushRing } from './brushRing.ts';
import { ClickCounter } from './clickCounter.ts';
import { pointerInputOf, type CanvasOrigin } from './pointerInput.ts';
import { WheelDevice, wheelActionOf } from './wheelAction.ts';

/**
 * Forwards pointer and wheel of one canvas to its editor.
 * @param onPlace told where the pointer is, in viewPx; null when it has left
 * @returns a function that ends it
 */
export const attachInput = (element: HTMLElement, editor: Editor, ring: BrushRing, onPlace: (place: readonly [number, number] | null) => void): (() => void) => {
  const ending = new AbortController();
  const { signal } = ending;
  const wheelDevice = new WheelDevice();
  const clicks = new ClickCounter();
  let origin: CanvasOrigin = element.getBoundingClientRect();
  // Measured when the pointer comes and goes down, not at each movement: that would force a layout.
  const measure = (): void => {
    origin = element.getBoundingClientRect();
  };
  const moveRing = (event: PointerEvent): void => {
    const place = [event.clientX - origin.left, event.clientY - origin.top] as const;
    ring.moveTo(...place);
    onPlace(place);
  };
  // A pointer that was already there when the canvas appeared never enters it.
  const come = (event: PointerEvent): void => {
    measure();
    moveRing(event);
    ring.setOver(true);
  };

  element.addEventListener('pointerenter', come, { signal });
  element.addEventListener('pointerleave', () => {
    ring.setOver(false);
    onPlace(null);
    editor.pointerLeave();
  }, { signal });
  element.addEventListener('pointerdown', (event) => {
    // A mark on the picture is pressed, not painted on.
    if (event.target instanceof Element && event.target.closest('[data-canvas-mark]') !== null) return;
    measure();
    moveRing(event);
    // A middle click would start the browser's own scrolling.
    if (event.button === 1) event.preventDefault();
    element.setPointerCapture(event.pointerId);
    editor.pointerDown({ ...pointerInputOf(event, origin), clickCount: clicks.count(event) });
  }, { signal });
  element.addEventListener('pointermove', (event) => {
    if (ring.isOver) moveRing(event);
    else come(event);
    editor.setModifiers({ shift: event.shiftKey, alt: event.altKey });
    editor.pointerMove(pointerInputOf(event, origin));
  }, { signal });
  element.addEventListener('pointerup', (event) => editor.pointerUp(pointerInputOf(event, origin)), { signal });
  element.addEventListener('pointercancel', (event) => editor.pointerCancel(event.pointerId), { signal });
  element.addEventListener('lostpointercapture', (event) => editor.pointerCancel(event.pointerId), { signal });
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    measure();
    const { deltaX, deltaY, deltaMode, ctrlKey, metaKey, altKey, shiftKey } = event;
    const action = wheelActionOf({ deltaX, deltaY, deltaMode, ctrlKey, metaKey, altKey, shiftKey, isNotch: wheelDevice.isNotch(event) });
    if (action === null) return;
    if (action.kind === 'zoom') editor.zoomBy(action.factor, event.clientX - origin.left, event.clientY - origin.top);
    else if (action.kind === 'size') editor.stepSizeAt(action.direction, event.clientX - origin.left, event.clientY - origin.top);
    else editor.panBy(action.dxViewPx, action.dyViewPx);
  }, { signal, passive: false });
  return () => ending.abort();
};
