import { CancelledError, ExpectedError } from '../../../shared/errors/errors.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { AnnotatedInstance, ImportContext } from '../../../shared/ports/importFormat.ts';
import { brokenAt } from '../broken.ts';

/** A picture whose pixels name the instance that they belong to. 0: none. */
export interface KeyedRaster {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly keys: Uint8Array | Uint16Array | Uint32Array;
  /** Of all its instances. */
  readonly remarks: readonly string[];
}

/**
 * A file of the source, with its header's size checked before anything is unpacked; faults name the file.
 * @throws ExpectedError annotations_invalid, file_unreadable; CancelledError
 */
export const readPicture = async <T>(source: AnnotationSource, { codec, maxPixels, signal }: ImportContext, path: string, decode: (bytes: Uint8Array) => Promise<T>): Promise<T> => {
  if (signal?.aborted === true) throw new CancelledError();
  const bytes = await source.read(path);
  try {
    const { widthPx, heightPx } = await codec.probe(bytes);
    if (widthPx * heightPx > maxPixels) throw new ExpectedError('image_too_large', `The picture is ${widthPx} x ${heightPx} pixels; ${maxPixels} pixels are the most.`);
    return await decode(bytes);
  } catch (error) {
    throw error instanceof ExpectedError && error.code.startsWith('image_') ? brokenAt(path, null, error.message, error) : error;
  }
};

/** Keeps the last: an image's instances are asked for one after another, and thousands of images must not stay in memory. */
export const keepLast = <T>(load: (path: string) => Promise<T>): ((path: string) => Promise<T>) => {
  let last: { readonly path: string; readonly loaded: Promise<T> } | null = null;
  return (path) => {
    if (last?.path !== path) {
      const loaded = load(path);
      last = { path, loaded };
      // What failed is tried anew; the failure itself goes to who asked.
      loaded.catch(() => {
        if (last?.loaded === loaded) last = null;
      });
    }
    return last.loaded;
  };
};

/** More in one picture are noise: a photo that was taken for labels. */
export const mostInstances = 65_535;

/** Ascending, without 0. @throws ExpectedError annotations_invalid */
export const keysIn = (path: string, { keys }: KeyedRaster): readonly number[] => {
  const found = new Set<number>();
  let before = 0;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as number;
    if (key === before) continue;
    before = key;
    if (found.add(key).size > mostInstances) throw brokenAt(path, null, `It has more than ${mostInstances} instances: is it a picture of labels?`);
  }
  found.delete(0);
  return [...found].sort((a, b) => a - b);
};

export const maskOfKey = ({ widthPx, heightPx, keys }: KeyedRaster, key: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  for (let index = 0; index < keys.length; index++) if (keys[index] === key) mask.data[index] = 255;
  return mask;
};

/** @param describe what an instance of that key is; without a category it is none */
export const instancesOf = (
  path: string,
  raster: KeyedRaster,
  load: (path: string) => Promise<KeyedRaster>,
  describe: (key: number) => { readonly what: string; readonly category: string | null; readonly isCrowd: boolean },
): readonly AnnotatedInstance[] =>
  keysIn(path, raster).flatMap((key) => {
    const { what, category, isCrowd } = describe(key);
    return category === null ? [] : [{ place: `${path}, ${what}`, category, isCrowd, remarks: raster.remarks, mask: async () => maskOfKey(await load(path), key) }];
  });
