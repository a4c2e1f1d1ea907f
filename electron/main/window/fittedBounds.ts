import type { Rectangle } from 'electron';

/** Less of a window than this can't be taken hold of. */
const leastVisible = { width: 160, height: 60 };

const overlap = (a: Rectangle, b: Rectangle): { readonly width: number; readonly height: number } => ({
  width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
  height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
});

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/**
 * Where a window is put back, all in DIP: on the screen that shows most of it, no larger than that screen, all of it in sight.
 * Null where no screen shows enough of it any more: that screen is gone.
 */
export const fittedBounds = (bounds: Rectangle, workAreas: readonly Rectangle[]): Rectangle | null => {
  const areaOn = (workArea: Rectangle): number => {
    const { width, height } = overlap(bounds, workArea);
    return width >= leastVisible.width && height >= leastVisible.height ? width * height : 0;
  };
  const best = [...workAreas].sort((a, b) => areaOn(b) - areaOn(a))[0];
  if (best === undefined || areaOn(best) === 0) return null;
  const width = Math.min(bounds.width, best.width);
  const height = Math.min(bounds.height, best.height);
  return { width, height, x: within(bounds.x, best.x, best.x + best.width - width), y: within(bounds.y, best.y, best.y + best.height - height) };
};
