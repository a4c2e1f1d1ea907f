import { useEffect, useState, type RefObject } from 'react';

export type MoreSides = 'none' | 'left' | 'right' | 'both';

/** Scrolling ends on fractions of a pixel. */
const slackPx = 2;

/** On which sides a row that scrolls has more than it shows. @param leftPx how far it is scrolled */
export const moreSides = ({ leftPx, shownPx, wholePx }: { readonly leftPx: number; readonly shownPx: number; readonly wholePx: number }): MoreSides => {
  const isLeft = leftPx > slackPx;
  const isRight = leftPx + shownPx < wholePx - slackPx;
  return isLeft && isRight ? 'both' : isLeft ? 'left' : isRight ? 'right' : 'none';
};

/** {@link moreSides} of an element, as it is scrolled and resized. @param count of what is in it: another number is another width */
export const useMoreSides = (row: RefObject<HTMLElement | null>, count: number): MoreSides => {
  const [sides, setSides] = useState<MoreSides>('none');
  useEffect(() => {
    const element = row.current;
    if (element === null) return undefined;
    const look = (): void => setSides(moreSides({ leftPx: element.scrollLeft, shownPx: element.clientWidth, wholePx: element.scrollWidth }));
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [row, count]);
  return sides;
};
