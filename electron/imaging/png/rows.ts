import type { PngHeader } from './header.ts';
import { damaged } from './header.ts';

/** A picture or, interlaced, a part of it: every `step`th pixel from `left`, `top` on. */
interface Pass {
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
}

const whole: readonly Pass[] = [{ left: 0, top: 0, stepX: 1, stepY: 1 }];

/** Adam7 (PNG specification, section 8.2). */
const adam7: readonly Pass[] = [
  { left: 0, top: 0, stepX: 8, stepY: 8 },
  { left: 4, top: 0, stepX: 8, stepY: 8 },
  { left: 0, top: 4, stepX: 4, stepY: 8 },
  { left: 2, top: 0, stepX: 4, stepY: 4 },
  { left: 0, top: 2, stepX: 2, stepY: 4 },
  { left: 1, top: 0, stepX: 2, stepY: 2 },
  { left: 0, top: 1, stepX: 1, stepY: 2 },
];

interface SizedPass extends Pass {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Without the filter's byte in front. */
  readonly rowBytes: number;
}

const passesOf = ({ widthPx, heightPx, bitDepth, channels, isInterlaced }: PngHeader): readonly SizedPass[] =>
  (isInterlaced ? adam7 : whole)
    .map((pass) => {
      const passWidthPx = Math.ceil((widthPx - pass.left) / pass.stepX);
      return { ...pass, widthPx: passWidthPx, heightPx: Math.ceil((heightPx - pass.top) / pass.stepY), rowBytes: Math.ceil((passWidthPx * channels * bitDepth) / 8) };
    })
    .filter((pass) => pass.widthPx > 0 && pass.heightPx > 0);

/** How many bytes the rows of such a picture have, with the filters' bytes. */
export const rowBytesOf = (header: PngHeader): number => passesOf(header).reduce((sum, { rowBytes, heightPx }) => sum + (rowBytes + 1) * heightPx, 0);

/** Of left, above and upper left the one that is nearest to left + above - upper left (PNG specification, section 9.4). */
const paeth = (left: number, above: number, corner: number): number => {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
};

/** Takes the filter off the row at `start`, in place. @param above start of the row over it; -1: there is none. @param distance bytes from a sample to its left neighbour's */
const unfilter = (rows: Uint8Array, start: number, length: number, above: number, distance: number): void => {
  const filter = rows[start - 1] as number;
  if (filter === 0 || (filter === 2 && above === -1)) return;
  if (filter > 4) throw damaged(`A row of the PNG has the filter ${filter}; there are 0 to 4.`);
  if (filter === 2) {
    for (let index = 0; index < length; index++) rows[start + index] = (rows[start + index] as number) + (rows[above + index] as number);
    return;
  }
  for (let index = 0; index < length; index++) {
    const at = start + index;
    const left = index < distance ? 0 : (rows[at - distance] as number);
    const up = above === -1 ? 0 : (rows[above + index] as number);
    const corner = above === -1 || index < distance ? 0 : (rows[above + index - distance] as number);
    rows[at] = (rows[at] as number) + (filter === 1 ? left : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner));
  }
};

const sampleReader = (rows: Uint8Array, bitDepth: number): ((start: number, sample: number) => number) => {
  if (bitDepth === 8) return (start, sample) => rows[start + sample] as number;
  if (bitDepth === 16) return (start, sample) => ((rows[start + 2 * sample] as number) << 8) | (rows[start + 2 * sample + 1] as number);
  const [perByte, most] = [8 / bitDepth, (1 << bitDepth) - 1];
  return (start, sample) => ((rows[start + Math.floor(sample / perByte)] as number) >> (8 - bitDepth * ((sample % perByte) + 1))) & most;
};

/**
 * Samples as they are, row-major, interleaved.
 * @param rows unpacked, exactly {@link rowBytesOf} long; changed
 * @throws ExpectedError image_unreadable
 */
export const samplesOfRows = (rows: Uint8Array, header: PngHeader): Uint8Array | Uint16Array => {
  const { widthPx, heightPx, bitDepth, channels, isInterlaced } = header;
  const count = widthPx * heightPx * channels;
  const samples = bitDepth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  const distance = Math.max(1, (channels * bitDepth) / 8);
  const sampleAt = sampleReader(rows, bitDepth);
  let start = 1;
  for (const pass of passesOf(header)) {
    for (let y = 0; y < pass.heightPx; y++) {
      unfilter(rows, start, pass.rowBytes, y === 0 ? -1 : start - pass.rowBytes - 1, distance);
      const to = ((pass.top + y * pass.stepY) * widthPx + pass.left) * channels;
      if (bitDepth === 8 && !isInterlaced) samples.set(rows.subarray(start, start + pass.rowBytes), to);
      else {
        for (let x = 0; x < pass.widthPx; x++) {
          for (let channel = 0; channel < channels; channel++) samples[to + x * pass.stepX * channels + channel] = sampleAt(start, x * channels + channel);
        }
      }
      start += pass.rowBytes + 1;
    }
  }
  return samples;
};
