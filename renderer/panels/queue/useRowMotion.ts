import { useLayoutEffect, useRef, type RefObject } from 'react';

/** As `--fast`: the item that leaves and those that come up after it move together. */
const slide: KeyframeAnimationOptions = { duration: 120, easing: 'cubic-bezier(0.2, 0.7, 0.3, 1)' };
/** More than a verdict or an undo takes out: another list, which is simply there. */
const mostLeaving = 3;

const isStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A picture of the row that is gone, which moves out to the left; nobody can find, hear or click it. */
const moveOut = (row: HTMLElement, container: HTMLElement): void => {
  const picture = row.cloneNode(true) as HTMLElement;
  for (const name of ['id', 'role', 'data-testid', 'data-asset-id', 'data-row', 'aria-current', 'aria-selected']) picture.removeAttribute(name);
  picture.setAttribute('aria-hidden', 'true');
  picture.classList.remove('queue-row-selected', 'queue-row-cursor');
  picture.classList.add('queue-row-leaving');
  container.append(picture);
  const motion = picture.animate([{ opacity: 1 }, { opacity: 0, transform: 'translateX(-40px)' }], slide);
  motion.onfinish = motion.oncancel = () => picture.remove();
};

/**
 * Lets rows that leave the list slide out and the others close up, so that the eye keeps its place. Rows that are scrolled out of sight and
 * lists that are new altogether do not move, and nothing does where the system asks for less motion.
 * @param total how many rows the list has; only a list that gets shorter moves
 */
export const useRowMotion = (container: RefObject<HTMLElement | null>, total: number): void => {
  const before = useRef({ total, tops: new Map<HTMLElement, number>() });
  useLayoutEffect(() => {
    if (container.current === null) return;
    const tops = new Map([...container.current.querySelectorAll<HTMLElement>('.queue-row[data-asset-id]')].map((row) => [row, Number.parseFloat(row.style.top)]));
    const { total: totalBefore, tops: topsBefore } = before.current;
    before.current = { total, tops };
    const leaving = total < totalBefore ? [...topsBefore.keys()].filter((row) => !row.isConnected) : [];
    if (leaving.length === 0 || leaving.length > mostLeaving || isStill()) return;
    for (const row of leaving) moveOut(row, container.current);
    for (const [row, topPx] of tops) {
      const byPx = (topsBefore.get(row) ?? topPx) - topPx;
      if (byPx !== 0 && Math.abs(byPx) <= mostLeaving * row.offsetHeight) row.animate([{ transform: `translateY(${byPx}px)` }, { transform: 'none' }], slide);
    }
  });
};
