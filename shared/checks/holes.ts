import type { CheckPlace } from '../domain/check.ts';
import { findComponents } from '../mask/components.ts';
import { invert } from '../mask/compositing.ts';
import { colourModelOf } from './colourModel.ts';
import type { Look, MaskCheck } from './look.ts';
import { percentOf, ramp } from './words.ts';

/** A hole that is smaller than this at working size shows no background that anybody would cut out. */
const seeThroughPx = 24;
/** Mean of {@link ColourModel.outsideness} from which a hole shows background: a cup's handle, a chair's back. */
const backgroundLike = 0.7;
const badShare = 0.02;
/** Crumbs that nobody sees: all of them as a share of the mask, and the largest in px. Counted, and fine. */
const crumbShare = 0.0001;
const crumbPx = 25;

/**
 * Places of working size where the picture's background is seen through the mask. Told by colour: the hole's is that of the surroundings and not that
 * of the mask. A hole in a product of the background's colour is taken for one as well.
 */
const seenThrough = ({ photo, work }: Look): CheckPlace[] => {
  const { components, labels } = findComponents(invert(work), 8);
  const large = components.filter(
    ({ areaPx, box }) => areaPx >= seeThroughPx && box.xPx > 0 && box.yPx > 0 && box.xPx + box.widthPx < work.widthPx && box.yPx + box.heightPx < work.heightPx,
  );
  if (large.length === 0) return [];
  const holeLabels = new Set(large.map(({ label }) => label));
  const colours = colourModelOf(photo, work, (at) => holeLabels.has(labels[at] as number));
  return large.filter(({ label, areaPx, box }) => {
    let sum = 0;
    for (let y = box.yPx; y < box.yPx + box.heightPx; y++) {
      for (let x = box.xPx; x < box.xPx + box.widthPx; x++) {
        const at = y * work.widthPx + x;
        if (labels[at] === label) sum += colours.outsideness(at);
      }
    }
    return sum / areaPx >= backgroundLike;
  }).map(({ box }) => box);
};

const isWithin = (inner: CheckPlace, outer: CheckPlace): boolean =>
  inner.xPx + inner.widthPx / 2 >= outer.xPx &&
  inner.xPx + inner.widthPx / 2 <= outer.xPx + outer.widthPx &&
  inner.yPx + inner.heightPx / 2 >= outer.yPx &&
  inner.yPx + inner.heightPx / 2 <= outer.yPx + outer.heightPx &&
  inner.widthPx * inner.heightPx >= 0.4 * outer.widthPx * outer.heightPx;

/** Holes that show no background. Counted on the full mask; those that the background is seen through are left out. */
export const holes: MaskCheck = (look) => {
  const { areaPx, holes: all } = look;
  if (all.length === 0) return { level: 'fine', severity: 0, value: 'none', sentence: 'No holes', placeImagePx: null };
  const openings = seenThrough(look).map((box) => look.toImage(box));
  const stray = all.filter(({ box }) => !openings.some((opening) => isWithin(box, opening)));
  const [largest] = stray;
  if (largest === undefined) {
    const value = all.length === 1 ? '1, see-through' : `${all.length}, see-through`;
    return { level: 'fine', severity: 0, value, sentence: `The background is seen through ${all.length === 1 ? 'the one hole' : `all ${all.length} holes`}`, placeImagePx: null };
  }
  const share = stray.reduce((sum, hole) => sum + hole.areaPx, 0) / areaPx;
  const isCrumbs = share < crumbShare && largest.areaPx < crumbPx;
  return {
    level: isCrumbs ? 'fine' : share >= badShare ? 'bad' : 'look',
    severity: isCrumbs ? 0 : Math.min(1, 0.8 * ramp(Math.log10(share), -4, -1.2) + 0.2 * ramp(Math.log2(stray.length), 0, 6)),
    value: stray.length === 1 ? `1, ${percentOf(share)}` : `${stray.length}, ${percentOf(share)}`,
    sentence: stray.length === 1 ? `1 hole, ${percentOf(share)} of the mask` : `${stray.length} holes, together ${percentOf(share)} of the mask`,
    placeImagePx: largest.box,
  };
};
