/**
 * What cocoapi's maskApi does, step by step and without a thought of speed, written anew from its published algorithm: what the fast ones are held against.
 * Masks are columns of booleans, `mask[x][y]`.
 */
export type Columns = readonly (readonly boolean[])[];

export const countsOf = (mask: Columns): number[] => {
  const counts: number[] = [];
  let current = false;
  let length = 0;
  for (const pixel of mask.flat()) {
    if (pixel !== current) {
      counts.push(length);
      length = 0;
      current = pixel;
    }
    length++;
  }
  return [...counts, length];
};

export const columnsOf = (counts: readonly number[], widthPx: number, heightPx: number): Columns => {
  const pixels = counts.flatMap((count, index) => Array.from({ length: count }, () => index % 2 === 1));
  return Array.from({ length: widthPx }, (_, x) => pixels.slice(x * heightPx, (x + 1) * heightPx));
};

/** By text: numbers in the binary system, two's complement, cut into fives from behind. */
export const stringOf = (counts: readonly number[]): string => {
  let text = '';
  for (const [index, count] of counts.entries()) {
    const number = BigInt(index > 2 ? count - (counts[index - 2] as number) : count);
    // The least number of fives that holds it with its sign.
    let fives = 1;
    while (BigInt.asIntN(5 * fives, number) !== number) fives++;
    const bits = BigInt.asUintN(5 * fives, number).toString(2).padStart(5 * fives, '0');
    for (let five = fives - 1; five >= 0; five--) text += String.fromCharCode(48 + Number.parseInt(`${five > 0 ? '1' : '0'}${bits.slice(5 * five, 5 * five + 5)}`, 2));
  }
  return text;
};

export const areaOf = (mask: Columns): number => mask.flat().filter(Boolean).length;

/** [x, y, width, height] */
export const boxOf = (mask: Columns): readonly number[] => {
  const inside = mask.flatMap((column, x) => column.flatMap((pixel, y) => (pixel ? [[x, y] as const] : [])));
  if (inside.length === 0) return [0, 0, 0, 0];
  const [xs, ys] = [inside.map(([x]) => x), inside.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1];
};

export const iouOf = (found: Columns, truth: Columns, isCrowd: boolean): number => {
  const pairs = found.flat().map((pixel, index) => [pixel, truth.flat()[index] as boolean] as const);
  const common = pairs.filter(([a, b]) => a && b).length;
  return common === 0 ? 0 : common / pairs.filter(([a, b]) => a || (b && !isCrowd)).length;
};

/** All points of the boundary in fifths of a pixel, then those between which a column's middle lies, then runs between them. */
export const polygonCounts = (ring: readonly number[], widthPx: number, heightPx: number): number[] => {
  const whole = (value: number): number => Math.trunc(value);
  const corners = Array.from({ length: ring.length / 2 }, (_, index) => [whole(5 * (ring[2 * index] as number) + 0.5), whole(5 * (ring[2 * index + 1] as number) + 0.5)] as const);
  const points: (readonly [u: number, v: number])[] = [];
  for (const [index, from] of corners.entries()) {
    const to = corners[(index + 1) % corners.length] as readonly [number, number];
    const [dx, dy] = [Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
    const isFlipped = dx >= dy ? from[0] > to[0] : from[1] > to[1];
    const [start, end] = isFlipped ? [to, from] : [from, to];
    const most = Math.max(dx, dy);
    for (let step = 0; step <= most; step++) {
      const t = isFlipped ? most - step : step;
      // A side without length is a point (the reference divides by 0 here, and never uses what comes of it).
      if (most === 0) points.push(start);
      else if (dx >= dy) points.push([t + start[0], whole(start[1] + ((end[1] - start[1]) / dx) * t + 0.5)]);
      else points.push([whole(start[0] + ((end[0] - start[0]) / dy) * t + 0.5), t + start[1]]);
    }
  }
  const places: number[] = [];
  for (let index = 1; index < points.length; index++) {
    const [[beforeU, beforeV], [u, v]] = [points[index - 1] as readonly [number, number], points[index] as readonly [number, number]];
    if (u === beforeU) continue;
    const x = ((u < beforeU ? u : u - 1) + 0.5) / 5 - 0.5;
    if (Math.floor(x) !== x || x < 0 || x > widthPx - 1) continue;
    const y = (Math.min(v, beforeV) + 0.5) / 5 - 0.5;
    places.push(x * heightPx + Math.ceil(Math.min(heightPx, Math.max(0, y))));
  }
  places.push(widthPx * heightPx);
  places.sort((a, b) => a - b);
  const differences = places.map((place, index) => place - (places[index - 1] ?? 0));
  const counts = [differences[0] as number];
  for (let index = 1; index < differences.length; ) {
    const difference = differences[index++] as number;
    if (difference > 0) counts.push(difference);
    else if (index < differences.length) counts[counts.length - 1] = (counts.at(-1) as number) + (differences[index++] as number);
  }
  return counts;
};
