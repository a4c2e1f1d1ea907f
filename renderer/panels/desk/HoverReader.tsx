import { useEffect, useRef } from 'react';
import { editorOf } from '../../actions/desk/editors.ts';
import { AnswerReader, pixelUnder } from '../../actions/view/pixelUnder.ts';
import { setHoverValue, useHoverValues } from '../../stores/hoverValues.ts';
import { pane, type Side } from '../../stores/panes.ts';
import { PixelReader } from './pixelReader.ts';

/** Reads what lies under the pointer, once a frame at most and only while somebody wants to know. */
export const HoverReader = ({ side }: { readonly side: Side }) => {
  const isOn = useHoverValues((state) => state.isOn);
  return isOn ? <Reader side={side} /> : null;
};

const Reader = ({ side }: { readonly side: Side }) => {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const canvas = place.current?.parentElement;
    if (canvas == null) return undefined;
    const ending = new AbortController();
    const reader = new PixelReader();
    const answers = new AnswerReader(side);
    let last: PointerEvent | null = null;
    const read = (): void => {
      const event = last;
      last = null;
      if (event === null || ending.signal.aborted) return;
      const { left, top } = canvas.getBoundingClientRect();
      const pixel = pixelUnder(side, event.clientX - left, event.clientY - top);
      if (pixel === null) return setHoverValue(null);
      const { xPx, yPx, isInside } = pixel;
      const share = [(xPx + 0.5) / pixel.widthPx, (yPx + 0.5) / pixel.heightPx] as const;
      const photo = pane(side).photo?.levels[0];
      const soft = editorOf(side).mattes.valueAt(xPx, yPx);
      setHoverValue({
        xPx,
        yPx,
        colour: photo === undefined ? null : reader.read(photo, ...share),
        isInside,
        matte: soft === null ? null : soft / 255,
        probability: answers.probabilityAt(xPx, yPx),
      });
    };
    const note = (event: PointerEvent): void => {
      if (last === null) requestAnimationFrame(read);
      last = event;
    };
    canvas.addEventListener('pointermove', note, { passive: true, signal: ending.signal });
    canvas.addEventListener('pointerleave', () => setHoverValue(null), { signal: ending.signal });
    return () => {
      ending.abort();
      answers.dispose();
      setHoverValue(null);
    };
  }, [side]);
  return <span ref={place} hidden />;
};
