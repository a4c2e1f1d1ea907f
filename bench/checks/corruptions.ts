import { areaPx, emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { boundingBox } from '../../shared/mask/boundingBox.ts';
import { squaredDistance } from '../../shared/mask/distance.ts';
import type { Rect } from '../../shared/mask/rect.ts';
import { randomFrom } from './randomFrom.ts';

interface Case {
  readonly truth: Bitmap;
  readonly box: Rect;
  readonly random: () => number;
}

const changed = ({ truth }: Case, isInside: (x: number, y: number, wasInside: boolean) => boolean): Bitmap => {
  const mask = emptyBitmap(truth.widthPx, truth.heightPx);
  for (let y = 0; y < truth.heightPx; y++) {
    for (let x = 0; x < truth.widthPx; x++) {
      const at = y * truth.widthPx + x;
      if (isInside(x, y, truth.data[at] === 255)) mask.data[at] = 255;
    }
  }
  return mask;
};

const shorterPx = ({ widthPx, heightPx }: Bitmap): number => Math.min(widthPx, heightPx);

/** An arm: a thick line from the border to the product's middle. */
const armOf = ({ truth, box, random }: Case, thickShare: number) => {
  const isFromSide = random() < 0.5;
  const from: readonly [number, number] = isFromSide ? [random() < 0.5 ? 0 : truth.widthPx, random() * truth.heightPx] : [random() * truth.widthPx, truth.heightPx];
  const [dx, dy] = [box.xPx + box.widthPx / 2 - from[0], box.yPx + box.heightPx / 2 - from[1]];
  const halfPx = (shorterPx(truth) * thickShare) / 2;
  return (x: number, y: number): boolean => {
    const along = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
    return (x - from[0] - along * dx) ** 2 + (y - from[1] - along * dy) ** 2 < halfPx ** 2;
  };
};

const ellipses = ({ box, random }: Case, count: number, share: number) => {
  const all = Array.from({ length: count }, () => ({
    x: box.xPx + random() * box.widthPx,
    y: box.yPx + random() * box.heightPx,
    rx: box.widthPx * share * (0.5 + random()),
    ry: box.heightPx * share * (0.5 + random()),
  }));
  return (x: number, y: number): boolean => all.some((one) => ((x - one.x) / one.rx) ** 2 + ((y - one.y) / one.ry) ** 2 < 1);
};

/** What models do to masks, by name. */
const corruptions: Readonly<Record<string, (of: Case) => Bitmap>> = {
  'hand kept': (of) => {
    const isArm = armOf(of, 0.16);
    return changed(of, (x, y, was) => was || isArm(x, y));
  },
  'part missing': (of) => {
    const cutPx = of.box.xPx + of.box.widthPx * (0.25 + 0.15 * of.random());
    return changed(of, (x, _, was) => was && x > cutPx);
  },
  holed: (of) => {
    const isHole = ellipses(of, 5, 0.09);
    return changed(of, (x, y, was) => was && !isHole(x, y));
  },
  'ground kept': (of) => {
    const fromPx = of.box.yPx + of.box.heightPx * 0.8;
    return changed(of, (_, y, was) => was || y > fromPx);
  },
  swollen: (of) => {
    const farPx = (shorterPx(of.truth) * 0.03) ** 2;
    const distances = squaredDistance(of.truth);
    return changed(of, (x, y) => (distances[y * of.truth.widthPx + x] as number) < farPx);
  },
  shifted: (of) => {
    const byPx = Math.round(shorterPx(of.truth) * 0.05);
    return changed(of, (x, y) => x >= byPx && of.truth.data[y * of.truth.widthPx + x - byPx] === 255);
  },
  speckled: (of) => {
    const cellPx = Math.max(2, Math.round(shorterPx(of.truth) / 90));
    const seeds = Array.from({ length: 997 }, of.random);
    return changed(of, (x, y, was) => was || (seeds[(Math.floor(x / cellPx) * 31 + Math.floor(y / cellPx) * 57) % 997] as number) < 0.04);
  },
  'another thing': (of) => {
    const isThing = ellipses({ ...of, box: { xPx: 0, yPx: 0, widthPx: of.truth.widthPx, heightPx: of.truth.heightPx } }, 1, 0.18);
    return changed(of, (x, y, was) => was || isThing(x, y));
  },
  nothing: ({ truth }) => emptyBitmap(truth.widthPx, truth.heightPx),
  everything: (of) => changed(of, () => true),
};

/** Every corruption of a true mask; the same at every run. */
export const corrupted = (truth: Bitmap, seed: number): readonly { readonly kind: string; readonly mask: Bitmap }[] => {
  const box = boundingBox(truth);
  if (box === null || areaPx(truth) === 0) return [];
  return Object.entries(corruptions).map(([kind, corrupt], index) => ({ kind, mask: corrupt({ truth, box, random: randomFrom(seed * 100 + index) }) }));
};
