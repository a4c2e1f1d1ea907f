import { open, opendir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { spread } from '../../../shared/flat/spread.ts';
import { hasMaskColours, pngColoursBytes } from '../../../shared/picture/pngColours.ts';

/** Enough to tell what a folder is; a drop of a million photos is not gone through. */
const mostEntries = 2_000;
const deepest = 4;
const mostLooked = 6;

const archives: ReadonlySet<string> = new Set(['.zip']);
const documents: ReadonlySet<string> = new Set(['.json', '.jsonl', '.xml']);
/** Pictures that can't be masks, for what is lossy is none; PNGs are looked into. */
const photos: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.tif', '.tiff', '.avif', '.heic', '.bmp']);
/** Folders and files by which tools' layouts are known (PASCAL VOC, Cityscapes, YOLO, mask PNGs). */
const layouts: ReadonlySet<string> = new Set(['segmentationclass', 'segmentationobject', 'gtfine', 'labels', 'masks', 'data.yaml', 'dataset.yaml', 'classes.txt', 'labelmap.txt', 'obj.names']);

const isMaskLike = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(pngColoursBytes), 0, pngColoursBytes, 0);
    return hasMaskColours(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
};

interface Seen {
  hasDocuments: boolean;
  hasPhotos: boolean;
  readonly pngs: string[];
  entries: number;
}

/** Breadth first: what tells a layout lies near the top. Links are not followed. */
const look = async (top: string): Promise<Seen> => {
  const seen: Seen = { hasDocuments: false, hasPhotos: false, pngs: [], entries: 0 };
  let level = [top];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      // What can't be read is told by the import, in words and with what to do; this is only a look.
      const entries = await opendir(folder).catch(() => []);
      for await (const entry of entries) {
        if (++seen.entries > mostEntries) return seen;
        const name = entry.name.toLowerCase();
        const ending = extname(name);
        if (name.startsWith('.')) continue;
        if (layouts.has(name) || (entry.isFile() && documents.has(ending))) seen.hasDocuments = true;
        if (entry.isDirectory()) next.push(join(folder, entry.name));
        else if (photos.has(ending)) seen.hasPhotos = true;
        else if (ending === '.png' || ending === '.webp') seen.pngs.push(join(folder, entry.name));
      }
    }
    level = next;
  }
  return seen;
};

/**
 * A quick look at what was dropped, to offer the import that is meant; reading it tells for sure.
 * @returns hasMasks: masks or annotations are among it · hasPhotos: so are pictures that could be imported as photos
 * @throws what the file system says where it can't be read
 */
export const lookForMasks = async (path: string, isFolder: boolean): Promise<{ readonly hasMasks: boolean; readonly hasPhotos: boolean }> => {
  if (!isFolder) {
    const ending = extname(path).toLowerCase();
    return { hasMasks: archives.has(ending) || documents.has(ending), hasPhotos: false };
  }
  const { hasDocuments, hasPhotos, pngs } = await look(path);
  const some = spread(pngs, mostLooked);
  const maskLike = (await Promise.all(some.map(isMaskLike))).filter(Boolean).length;
  // Grey photos exist: PNGs alone are only taken for masks where every one looks it, and the person is asked even then.
  const arePngsMasks = some.length > 0 && maskLike === some.length;
  return { hasMasks: hasDocuments || arePngsMasks, hasPhotos: hasPhotos || (pngs.length > 0 && (maskLike < some.length || !hasDocuments)) };
};
