import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { encodeJpeg } from '../../electron/imaging/index.ts';
import { texturedPhoto } from '../segmentation/photos.ts';
import type { Photo } from './team.ts';

const quality = 88;

/**
 * JPEGs of that size, each with an id of its own: of a folder's pictures in turn, cut to the size and each a little different, or made ones with a camera's weight.
 * @param folder null: made ones
 */
export const makePhotos = async (prefix: string, { count, widthPx, heightPx, folder }: { readonly count: number; readonly widthPx: number; readonly heightPx: number; readonly folder: string | null }): Promise<readonly Photo[]> => {
  const files = folder === null ? [] : (await readdir(folder)).filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort().map((name) => join(folder, name));
  const photos: Photo[] = [];
  for (let index = 0; index < count; index++) {
    const file = files[index % files.length];
    const bytes =
      file === undefined
        ? await encodeJpeg({ widthPx, heightPx, data: texturedPhoto(widthPx, heightPx, index + 1) }, quality)
        : // Brightened by a little more at each turn: no two have one mask to share.
          await sharp(await readFile(file)).rotate().flatten().resize(widthPx, heightPx, { fit: 'cover' }).modulate({ brightness: 1 + 0.005 * Math.floor(index / files.length) }).jpeg({ quality }).toBuffer();
    photos.push({ id: `${prefix}-${index}`, bytes });
  }
  return photos;
};
