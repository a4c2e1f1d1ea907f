import type { Rect } from '../mask/rect.ts';
import { halfGrey, type ReducedGrey } from './reducedGrey.ts';

/** Where a part of one photo lies in another: target = source * scale + shift, imagePx, about the image's top left. */
export interface Placement {
  readonly scale: number;
  readonly dxImagePx: number;
  readonly dyImagePx: number;
}

export interface Registration extends Placement {
  /** Normalised correlation of the gradients, -1..1: from about 0.5 on the two show the same thing from the same side. */
  readonly score: number;
}

interface Gradients {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly gx: Float32Array;
  readonly gy: Float32Array;
  readonly reduction: number;
}

const gradientsOf = ({ widthPx, heightPx, data, reduction }: ReducedGrey): Gradients => {
  const [gx, gy] = [new Float32Array(data.length), new Float32Array(data.length)];
  for (let y = 1; y < heightPx - 1; y++) {
    for (let x = 1; x < widthPx - 1; x++) {
      const at = y * widthPx + x;
      gx[at] = (data[at + 1] as number) - (data[at - 1] as number);
      gy[at] = (data[at + widthPx] as number) - (data[at - widthPx] as number);
    }
  }
  return { widthPx, heightPx, gx, gy, reduction };
};

/** Points of the part with their gradients, the strongest ones: they decide, and there are few. */
interface Sample {
  readonly x: number;
  readonly y: number;
  readonly gx: number;
  readonly gy: number;
}
const mostSamples = 500;

const samplesOf = (source: Gradients, part: Rect): readonly Sample[] => {
  const samples: Sample[] = [];
  const [left, top] = [part.xPx / source.reduction, part.yPx / source.reduction];
  const [right, bottom] = [(part.xPx + part.widthPx) / source.reduction, (part.yPx + part.heightPx) / source.reduction];
  for (let y = Math.max(1, Math.floor(top)); y < Math.min(source.heightPx - 1, bottom); y++) {
    for (let x = Math.max(1, Math.floor(left)); x < Math.min(source.widthPx - 1, right); x++) {
      const at = y * source.widthPx + x;
      samples.push({ x, y, gx: source.gx[at] as number, gy: source.gy[at] as number });
    }
  }
  return samples.sort((a, b) => Math.hypot(b.gx, b.gy) - Math.hypot(a.gx, a.gy)).slice(0, mostSamples);
};

/** How well the samples' gradients agree with those under them; samples that fall beside the picture agree with nothing. */
const scoreOf = (samples: readonly Sample[], target: Gradients, scale: number, dx: number, dy: number): number => {
  let [both, ofSource, ofTarget] = [0, 0, 0];
  for (const { x, y, gx, gy } of samples) {
    ofSource += gx * gx + gy * gy;
    const toX = Math.round(x * scale + dx);
    const toY = Math.round(y * scale + dy);
    if (toX < 1 || toY < 1 || toX >= target.widthPx - 1 || toY >= target.heightPx - 1) continue;
    const at = toY * target.widthPx + toX;
    const [hx, hy] = [target.gx[at] as number, target.gy[at] as number];
    both += gx * hx + gy * hy;
    ofTarget += hx * hx + hy * hy;
  }
  return ofSource === 0 || ofTarget === 0 ? -1 : both / Math.sqrt(ofSource * ofTarget);
};

/** Far apart: a video's neighbours differ by less, photos of a product are rarely taken from more than twice as far. */
const coarseScales = Array.from({ length: 13 }, (_, step) => 2 ** ((step - 6) / 6));
const coarseSidePx = 64;
const keptCandidates = 6;

interface Fit {
  readonly scale: number;
  /** In pixels of the level. */
  readonly dx: number;
  readonly dy: number;
  readonly score: number;
}

const best = (fits: readonly Fit[], count: number): readonly Fit[] => {
  const kept: Fit[] = [];
  for (const fit of [...fits].sort((a, b) => b.score - a.score)) {
    if (kept.length >= count) break;
    // Neighbours of a better one are the same hill.
    if (kept.every((other) => Math.abs(other.dx - fit.dx) + Math.abs(other.dy - fit.dy) > 3 || Math.abs(Math.log2(other.scale / fit.scale)) > 0.2)) kept.push(fit);
  }
  return kept;
};

/** Every place and size on the coarsest level. Sizes are about the part's middle, so that shifts and sizes don't depend on each other. */
const searchCoarse = (samples: readonly Sample[], target: Gradients, middle: readonly [number, number]): readonly Fit[] => {
  const fits: Fit[] = [];
  for (const scale of coarseScales) {
    for (let y = 0; y < target.heightPx; y++) {
      for (let x = 0; x < target.widthPx; x++) {
        const [dx, dy] = [x - middle[0] * scale, y - middle[1] * scale];
        fits.push({ scale, dx, dy, score: scoreOf(samples, target, scale, dx, dy) });
      }
    }
  }
  return best(fits, keptCandidates);
};

const refineAt = (samples: readonly Sample[], target: Gradients, middle: readonly [number, number], start: Fit, scaleStep: number): Fit => {
  let found = start;
  const placedX = start.dx + middle[0] * start.scale;
  const placedY = start.dy + middle[1] * start.scale;
  for (let step = -2; step <= 2; step++) {
    const scale = start.scale * 2 ** (step * scaleStep);
    for (let offsetY = -2; offsetY <= 2; offsetY++) {
      for (let offsetX = -2; offsetX <= 2; offsetX++) {
        const [dx, dy] = [placedX + offsetX - middle[0] * scale, placedY + offsetY - middle[1] * scale];
        const score = scoreOf(samples, target, scale, dx, dy);
        if (score > found.score) found = { scale, dx, dy, score };
      }
    }
  }
  return found;
};

/**
 * Finds a part of one photo in another by its gradients, over shift and size, from coarse to fine (a pyramid of halves, normalised correlation at each
 * level). Both photos may have any size; nothing is turned.
 * @param part of the source, imagePx: the mask's neighbourhood
 */
export const registerPart = (source: ReducedGrey, target: ReducedGrey, part: Rect): Registration => {
  // Both on the same reduction: sizes are then sizes of the images.
  const levels: { readonly source: Gradients; readonly target: Gradients }[] = [];
  for (let [from, to] = [source, target]; ; [from, to] = [halfGrey(from), halfGrey(to)]) {
    levels.unshift({ source: gradientsOf(from), target: gradientsOf(to) });
    if (Math.max(to.widthPx, to.heightPx) <= coarseSidePx) break;
  }
  const middleOf = ({ reduction }: Gradients): readonly [number, number] => [(part.xPx + part.widthPx / 2) / reduction, (part.yPx + part.heightPx / 2) / reduction];
  let fits: readonly Fit[] = [];
  let scaleStep = 1 / 12;
  for (const [index, level] of levels.entries()) {
    const samples = samplesOf(level.source, part);
    const middle = middleOf(level.source);
    fits =
      index === 0
        ? searchCoarse(samples.slice(0, 150), level.target, middle)
        : fits.map((fit) => refineAt(samples, level.target, middle, { ...fit, dx: fit.dx * 2, dy: fit.dy * 2, score: -1 }, scaleStep));
    if (index > 0) scaleStep /= 2;
  }
  const found = best(fits, 1)[0] ?? { scale: 1, dx: 0, dy: 0, score: -1 };
  // From pixels of the finest level to imagePx, with both levels' own reductions.
  const scale = (found.scale * target.reduction) / source.reduction;
  return { scale, dxImagePx: found.dx * target.reduction, dyImagePx: found.dy * target.reduction, score: found.score };
};
