import type { PointerInput, PointerSample } from '../editor/types.ts';

/** Where the canvas lies in the window, CSS pixels. */
export interface CanvasOrigin {
  readonly left: number;
  readonly top: number;
}

const sampleOf = (event: PointerEvent, origin: CanvasOrigin): PointerSample => ({
  xViewPx: event.clientX - origin.left,
  yViewPx: event.clientY - origin.top,
  // A mouse reports 0.5 while a button is down and 0 otherwise.
  pressure: event.pointerType === 'pen' ? event.pressure : 0.5,
});

const pointerTypeOf = (event: PointerEvent): PointerInput['pointerType'] =>
  event.pointerType === 'pen' || event.pointerType === 'touch' ? event.pointerType : 'mouse';

/** The browser gathers fast movements into one event a frame; the engine gets every place. */
export const pointerInputOf = (event: PointerEvent, origin: CanvasOrigin): PointerInput => {
  const coalesced = event.type === 'pointermove' ? event.getCoalescedEvents() : [];
  return {
    pointerId: event.pointerId,
    pointerType: pointerTypeOf(event),
    button: event.button,
    shift: event.shiftKey,
    alt: event.altKey,
    samples: (coalesced.length === 0 ? [event] : coalesced).map((each) => sampleOf(each, origin)),
  };
};
