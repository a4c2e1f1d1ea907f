import { emptyRgb, fillRect, paste, write } from './drawing.ts';
import { coverageAt, fitted, tint } from './overlay.ts';
import { encodePng } from './rgb.ts';
import { defaultMaxMegapixels } from './imageCodec.ts';
import { letter } from './lettering.ts';
import { isExpected } from '../../shared/errors/errors.ts';
import type { MaskOrientation, RgbImage } from '../../shared/ports/imageCodec.ts';

export interface ContactSheetRow {
  /** An encoded picture; null where it is lost. */
  readonly photo: Uint8Array | null;
  /** A mask PNG; null where there is none yet. */
  readonly mask: Uint8Array | null;
  /** Stands over the row, for instance the asset's id. */
  readonly label: string;
  /** Smaller, after the label: state, model, score. */
  readonly note?: string;
  readonly orientation?: MaskOrientation;
}

export interface ContactSheetOptions {
  /** Width of one picture; a row has three: photo, mask, overlay. */
  readonly columnWidthPx: number;
  /** Rows beside each other. Default 1. */
  readonly across?: number;
  readonly maxMegapixels?: number;
}

const paper = [0x16, 0x1a, 0x20] as const;
const labelInk = [0xe8, 0xec, 0xf1] as const;
const noteInk = [0x93, 0x9d, 0xab] as const;
const gapPx = 8;
const labelHeightPx = 26;
const capHeightPx = 10;

const greyAsRgb = (coverage: Uint8Array, widthPx: number, heightPx: number): RgbImage => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < coverage.length; index++) data.fill(coverage[index] as number, index * 3, index * 3 + 3);
  return { widthPx, heightPx, data };
};

/** The text, with its end cut off where it would run out of its width. */
const shortened = (text: string, widthPx: number): string => {
  const fits = (candidate: string): boolean => letter(candidate, capHeightPx, 1).widthPx <= widthPx;
  if (fits(text)) return text;
  const characters = [...text];
  let [shown, tooMany] = [0, characters.length];
  while (tooMany - shown > 1) {
    const middle = (shown + tooMany) >> 1;
    if (fits(`${characters.slice(0, middle).join('')}...`)) shown = middle;
    else tooMany = middle;
  }
  return `${characters.slice(0, shown).join('')}...`;
};

/**
 * Photo, mask and overlay of each asset in a row, labelled: what a person looks at to see whether masks are right, where there is no
 * window. What is missing or can't be decoded leaves its place empty, and the note says so: one bad file costs no sheet.
 * @returns a PNG
 */
export const makeContactSheet = async (
  rows: readonly ContactSheetRow[],
  { columnWidthPx, across = 1, maxMegapixels = defaultMaxMegapixels }: ContactSheetOptions,
): Promise<Uint8Array> => {
  const rowWidthPx = 3 * columnWidthPx + 2 * gapPx;
  const rowHeightPx = labelHeightPx + Math.round(columnWidthPx * 0.75) + gapPx;
  const lines = Math.max(1, Math.ceil(rows.length / across));
  const sheet = emptyRgb(across * rowWidthPx + (across + 1) * 2 * gapPx, lines * rowHeightPx + 2 * gapPx, paper);
  for (const [index, row] of rows.entries()) {
    const left = 2 * gapPx + (index % across) * (rowWidthPx + 2 * gapPx);
    const top = gapPx + Math.floor(index / across) * rowHeightPx;
    const boxHeightPx = rowHeightPx - labelHeightPx - gapPx;
    const faults: string[] = [];
    const orFault = <T>(decoding: Promise<T>): Promise<T | null> =>
      decoding.catch((error: unknown) => {
        if (!isExpected(error)) throw error;
        faults.push(error.message);
        return null;
      });
    const photo = row.photo === null ? null : await orFault(fitted(row.photo, columnWidthPx, row.orientation ?? 'exif', maxMegapixels, boxHeightPx));
    const coverage = row.mask === null || photo === null ? null : await orFault(coverageAt(row.mask, photo.widthPx, photo.heightPx, maxMegapixels));

    const note = faults[0] ?? row.note;
    const label = shortened(row.label, rowWidthPx * (note === undefined ? 1 : 0.6));
    const labelWidthPx = write(sheet, label, left, top + 4, capHeightPx, 1.6, labelInk);
    if (note !== undefined) write(sheet, shortened(note, rowWidthPx - labelWidthPx - gapPx), left + labelWidthPx + gapPx, top + 4, capHeightPx, 1.2, noteInk);

    const place = (picture: RgbImage, column: number): void => {
      const boxLeft = left + column * (columnWidthPx + gapPx);
      const boxTop = top + labelHeightPx;
      paste(sheet, picture, boxLeft + Math.floor((columnWidthPx - picture.widthPx) / 2), boxTop + Math.floor((boxHeightPx - picture.heightPx) / 2));
    };
    for (let column = 0; column < 3; column++) {
      fillRect(sheet, left + column * (columnWidthPx + gapPx), top + labelHeightPx, columnWidthPx, boxHeightPx, [0x0d, 0x10, 0x14]);
    }
    if (photo === null) continue;
    place(photo, 0);
    if (coverage === null) continue;
    place(greyAsRgb(coverage, photo.widthPx, photo.heightPx), 1);
    tint(photo, coverage);
    place(photo, 2);
  }
  return encodePng(sheet);
};
