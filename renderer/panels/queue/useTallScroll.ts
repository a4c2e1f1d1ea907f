import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { afterScroll, elementHeightPx, placeAt, revealing, type ScrollPlace } from './tallScroll.ts';

/** After the last scroll event; then the scrollbar of a list taller than an element is put where it belongs. */
const restMs = 200;

interface TallScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly elementPx: number;
  /** Rows on screen, whole or in part, inclusive. */
  readonly first: number;
  readonly last: number;
  /** Rows that are whole on screen at once: what PageDown moves by. */
  readonly pageRows: number;
  /** Where a row is inside the element. */
  readonly topOf: (row: number) => number;
  readonly reveal: (row: number) => void;
  /** Moves by rows without anything moving on screen: some came in or went above. */
  readonly shift: (rows: number) => void;
}

/** Rows of one height in a list of any length. */
export const useTallScroll = (count: number, rowPx: number): TallScroll => {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewPx, setViewPx] = useState(0);
  const [place, setPlace] = useState<ScrollPlace>({ scrollTopPx: 0, topPx: 0 });
  const now = useRef({ place, space: { fullPx: 0, viewPx: 0 }, rowPx });
  const space = { fullPx: count * rowPx, viewPx };
  now.current.space = space;

  const show = useCallback((next: ScrollPlace): void => {
    now.current.place = next;
    setPlace((before) => (before.topPx === next.topPx && before.scrollTopPx === next.scrollTopPx ? before : next));
  }, []);

  const goTo = useCallback(
    (topPx: number): void => {
      const next = placeAt(topPx, now.current.space);
      show(next);
      if (scroller.current !== null) scroller.current.scrollTop = next.scrollTopPx;
    },
    [show],
  );

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const onScroll = (): void => {
      show(afterScroll(now.current.place, element.scrollTop, now.current.space));
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => {
        if (now.current.space.fullPx !== elementHeightPx(now.current.space.fullPx)) goTo(now.current.place.topPx);
      }, restMs);
    };
    const sizes = new ResizeObserver(() => setViewPx(element.clientHeight));
    sizes.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      if (timer !== null) clearTimeout(timer);
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [show, goTo]);

  // Other heights of rows: the same row stays at the top.
  useLayoutEffect(() => {
    const before = now.current.rowPx;
    now.current.rowPx = rowPx;
    if (before !== rowPx) goTo((now.current.place.topPx / before) * rowPx);
  }, [rowPx, goTo]);

  // A list that became shorter than where its reader was.
  useLayoutEffect(() => {
    const most = Math.max(0, count * rowPx - viewPx);
    if (viewPx > 0 && now.current.place.topPx > most) goTo(most);
  }, [count, rowPx, viewPx, goTo]);

  const first = Math.max(0, Math.floor(place.topPx / rowPx));
  return {
    scroller,
    elementPx: elementHeightPx(space.fullPx),
    first,
    last: Math.min(count - 1, Math.ceil((place.topPx + viewPx) / rowPx) - 1),
    pageRows: Math.max(1, Math.floor(viewPx / rowPx)),
    topOf: (row) => row * rowPx - place.topPx + place.scrollTopPx,
    reveal: useCallback((row) => goTo(revealing(row, now.current.rowPx, now.current.place.topPx, now.current.space)), [goTo]),
    shift: useCallback((rows) => goTo(now.current.place.topPx + rows * now.current.rowPx), [goTo]),
  };
};
