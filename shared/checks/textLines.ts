import type { CheckPlace } from '../domain/check.ts';
import type { Photo } from './photo.ts';

/** All in px of working size. */
const windowPx = 40;
/** Rises and falls of brightness between neighbours but one, which letters laid over a picture have and a product's texture seldom has. */
const strokeContrast = 70;
/** Strokes' sides in a window: two letters have at least six. */
const fewestTurns = 6;
const leastHeightPx = 7;
/** In the busiest row of a line: four letters or so. */
const fewestTurnsInLine = 12;
const mostHeightShare = 0.2;
/** A line is this many times as wide as high at least; a wheel's spokes are not. */
const leastAspect = 2.6;

const luminanceOf = ({ widthPx, heightPx, data }: Photo): Float32Array => {
  const luminance = new Float32Array(widthPx * heightPx);
  for (let at = 0; at < luminance.length; at++) {
    luminance[at] = 0.2126 * (data[at * 3] as number) + 0.7152 * (data[at * 3 + 1] as number) + 0.0722 * (data[at * 3 + 2] as number);
  }
  return luminance;
};

/** 1 where brightness turns from rising to falling or back within a row, strongly. */
const turnsOf = (luminance: Float32Array, widthPx: number, heightPx: number): Uint8Array => {
  const turns = new Uint8Array(luminance.length);
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    let last = 0;
    for (let x = 1; x < widthPx - 1; x++) {
      const step = (luminance[row + x + 1] as number) - (luminance[row + x - 1] as number);
      if (Math.abs(step) < strokeContrast) continue;
      const direction = Math.sign(step);
      if (direction !== last) turns[row + x] = 1;
      last = direction;
    }
  }
  return turns;
};

/** Whether each pixel lies in a stretch of its row with enough turns. */
const denseOf = (turns: Uint8Array, widthPx: number, heightPx: number): Uint8Array => {
  const dense = new Uint8Array(turns.length);
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    const places: number[] = [];
    for (let x = turns.subarray(row, row + widthPx).indexOf(1); x < widthPx && x >= 0; x++) {
      if (turns[row + x] !== 1) continue;
      places.push(x);
      const first = places.at(-fewestTurns);
      if (first !== undefined && x - first < windowPx) dense.fill(1, row + first, row + x + 1);
    }
  }
  return dense;
};

/** Share of the box that has one of its two commonest tones: letters and what they stand on are flat, textures are not. */
const flatnessOf = (luminance: Float32Array, box: CheckPlace, widthPx: number): number => {
  const histogram = new Uint32Array(16);
  for (let y = box.yPx; y < box.yPx + box.heightPx; y++) {
    for (let x = box.xPx; x < box.xPx + box.widthPx; x++) {
      const tone = Math.min(15, (luminance[y * widthPx + x] as number) >> 4);
      histogram[tone] = (histogram[tone] as number) + 1;
    }
  }
  const near = (tone: number): number => (histogram[tone - 1] ?? 0) + (histogram[tone] as number) + (histogram[tone + 1] ?? 0);
  let first = 0;
  for (let tone = 1; tone < 16; tone++) if (near(tone) > near(first)) first = tone;
  let second = 0;
  for (let tone = 0; tone < 16; tone++) if (Math.abs(tone - first) > 2 && near(tone) > second) second = near(tone);
  return (near(first) + second) / (box.widthPx * box.heightPx);
};

/** Stretches of neighbouring rows that overlap, as boxes with the pixels they hold. */
const boxesOf = (dense: Uint8Array, widthPx: number, heightPx: number): { box: CheckPlace; filledPx: number }[] => {
  interface Open {
    left: number;
    right: number;
    readonly top: number;
    bottom: number;
    filledPx: number;
    lastLeft: number;
    lastRight: number;
  }
  let open: Open[] = [];
  const closed: Open[] = [];
  for (let y = 0; y < heightPx; y++) {
    const row = dense.subarray(y * widthPx, (y + 1) * widthPx);
    let x = 0;
    const next: Open[] = [];
    while (x < widthPx) {
      const start = row.indexOf(1, x);
      if (start === -1) break;
      const end = row.indexOf(0, start) === -1 ? widthPx : row.indexOf(0, start);
      x = end;
      const found = open.find((other) => other.lastLeft < end && other.lastRight > start && !next.includes(other));
      const line: Open = found ?? { left: start, right: end, top: y, bottom: y, filledPx: 0, lastLeft: start, lastRight: end };
      line.left = Math.min(line.left, start);
      line.right = Math.max(line.right, end);
      line.bottom = y + 1;
      line.filledPx += end - start;
      line.lastLeft = start;
      line.lastRight = end;
      next.push(line);
    }
    closed.push(...open.filter((line) => !next.includes(line) && y - line.bottom >= 1));
    open = [...next, ...open.filter((line) => !next.includes(line) && y - line.bottom < 1)];
  }
  return [...closed, ...open].map(({ left, right, top, bottom, filledPx }) => ({
    box: { xPx: left, yPx: top, widthPx: right - left, heightPx: bottom - top },
    filledPx,
  }));
};

const mostTurns = (turns: Uint8Array, box: CheckPlace, widthPx: number): number => {
  let most = 0;
  for (let y = box.yPx; y < box.yPx + box.heightPx; y++) {
    let count = 0;
    for (let x = box.xPx; x < box.xPx + box.widthPx; x++) count += turns[y * widthPx + x] as number;
    most = Math.max(most, count);
  }
  return most;
};

/** Lines of horizontal letters in the photo, by their strokes; see textKept.ts for what that is worth. */
export const textLines = (photo: Photo): readonly CheckPlace[] => {
  const { widthPx, heightPx } = photo;
  const luminance = luminanceOf(photo);
  const turns = turnsOf(luminance, widthPx, heightPx);
  const dense = denseOf(turns, widthPx, heightPx);
  return boxesOf(dense, widthPx, heightPx)
    .filter(
      ({ box, filledPx }) =>
        box.heightPx >= leastHeightPx &&
        box.heightPx <= mostHeightShare * heightPx &&
        box.widthPx >= leastAspect * box.heightPx &&
        filledPx >= 0.6 * box.widthPx * box.heightPx &&
        mostTurns(turns, box, widthPx) >= fewestTurnsInLine &&
        flatnessOf(luminance, box, widthPx) >= 0.62,
    )
    .map(({ box }) => box);
};
