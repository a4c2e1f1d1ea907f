import type { Bitmap } from '../../../shared/mask/bitmap.ts';

/** Masks and label pictures as text, a line a row: `.` is 0, other characters are themselves in hex (`1` to `f`), `#` is 255. */
export const labelsOf = (text: string): { readonly widthPx: number; readonly heightPx: number; readonly data: Uint8Array } => {
  const rows = text.trim().split(/\s+/);
  return { widthPx: (rows[0] as string).length, heightPx: rows.length, data: Uint8Array.from(rows.join(''), (sign) => (sign === '.' ? 0 : sign === '#' ? 255 : Number.parseInt(sign, 16))) };
};

/** A mask as such text, to be compared in one look. */
export const textOf = ({ widthPx, heightPx, data }: Bitmap): string =>
  Array.from({ length: heightPx }, (_, y) => Array.from(data.subarray(y * widthPx, (y + 1) * widthPx), (value) => (value === 0 ? '.' : '#')).join('')).join('\n');

/** Lines without their indentation. */
export const lines = (text: string): string => text.trim().split(/\s+/).join('\n');
