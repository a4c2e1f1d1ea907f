import { maxIdLength } from '../../../shared/domain/ids.ts';
import { sha256Hex } from '../../base/hash.ts';

/** File name without its last extension: `front.v2.jpg` gives `front.v2`; a name that is only digits after a dot keeps them (`t=4.8`). */
export const stemOf = (fileName: string): string => fileName.replace(/(?<=.)\.[A-Za-z][A-Za-z0-9]{1,4}$/, '');

/**
 * Names are data. They are put into Unicode's composed form, so that a folder copied through macOS (which decomposes) gives the same
 * ids; past the length limit an id is cut and ends in `~` and 16 hex digits of the whole name's SHA-256.
 */
export const idOfName = (name: string): string => {
  const composed = name.normalize('NFC');
  if (composed.length <= maxIdLength) return composed;
  // Cut before a low surrogate, never through a pair.
  let end = maxIdLength - 17;
  if (/[\uDC00-\uDFFF]/.test(composed[end] as string)) end--;
  return `${composed.slice(0, end)}~${sha256Hex(composed).slice(0, 16)}`;
};

/** `<product_id>_<name>`, `<video_id>_<name>`: what the pipeline itself does. */
export const idInParent = (parentId: string, name: string): string => idOfName(`${parentId}_${name}`);

/** For the second file that an id would name: the id, `~` and 8 hex digits of its path's SHA-256. */
export const distinctId = (id: string, file: string): string => {
  const suffix = `~${sha256Hex(file.normalize('NFC')).slice(0, 8)}`;
  return id.length + suffix.length <= maxIdLength ? id + suffix : idOfName(`${id}${suffix}`);
};
