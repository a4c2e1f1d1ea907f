/**
 * Scrolling of a list that may be taller than a browser's element can be (Chromium: 33.5 million px, and whole pixels only to 16.7 million).
 * Up to {@link tallestPx} the element is as tall as the list. Beyond it the element stands for the list in proportion: the scrollbar reaches
 * every place, while the wheel and the keys move by as many pixels as ever.
 */
export const tallestPx = 15_000_000;

export interface ScrollPlace {
  /** Of the element, as the browser has it. */
  readonly scrollTopPx: number;
  /** Of the whole list: what is at the view's top edge. */
  readonly topPx: number;
}

export interface ScrollSpace {
  /** Height of all rows. */
  readonly fullPx: number;
  readonly viewPx: number;
}

export const elementHeightPx = (fullPx: number): number => Math.min(fullPx, tallestPx);

const rangeOf = ({ fullPx, viewPx }: ScrollSpace) => ({
  list: Math.max(0, fullPx - viewPx),
  element: Math.max(0, elementHeightPx(fullPx) - viewPx),
});

const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** Where the browser's scrollbar has to be for a place in the list. */
export const placeAt = (topPx: number, space: ScrollSpace): ScrollPlace => {
  const { list, element } = rangeOf(space);
  const top = within(topPx, list);
  return { topPx: top, scrollTopPx: list === element ? top : Math.round((top / list) * element) };
};

/** The place after the browser scrolled. A step of up to two views is one of the wheel or a key; more is the scrollbar. */
export const afterScroll = (before: ScrollPlace, scrollTopPx: number, space: ScrollSpace): ScrollPlace => {
  const { list, element } = rangeOf(space);
  if (list === element) return { scrollTopPx, topPx: within(scrollTopPx, list) };
  const stepPx = scrollTopPx - before.scrollTopPx;
  if (Math.abs(stepPx) > 2 * space.viewPx) return { scrollTopPx, topPx: within((scrollTopPx / element) * list, list) };
  return { scrollTopPx, topPx: within(before.topPx + stepPx, list) };
};

/** The place that shows a row whole with the least movement; from far away in the middle of the view. */
export const revealing = (row: number, rowPx: number, topPx: number, { fullPx, viewPx }: ScrollSpace): number => {
  const startPx = row * rowPx;
  const list = Math.max(0, fullPx - viewPx);
  if (startPx >= topPx && startPx + rowPx <= topPx + viewPx) return within(topPx, list);
  const isNear = startPx + rowPx > topPx - viewPx && startPx < topPx + 2 * viewPx;
  if (!isNear) return within(startPx - (viewPx - rowPx) / 2, list);
  return within(startPx < topPx ? startPx : startPx + rowPx - viewPx, list);
};
