import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Hex } from '../../electron/base/hash.ts';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { fillPolygon } from '../../shared/mask/fillPolygon.ts';
import { sizeIn, type ImageCodec } from '../../shared/ports/imageCodec.ts';

/** skin: hands, arms, faces and what is worn on them (watches, rings) · neither: what shows between, and captions laid over the picture. */
const kinds = ['skin', 'head', 'clothes', 'product', 'neither'] as const;
export type HandKind = (typeof kinds)[number];

const named = { name: z.string(), sha256: z.string() };
const truthSchema = z.object({
  photos: z.array(z.object({ ...named, source: z.string(), half: z.enum(['choose', 'report']), layers: z.array(z.object({ kind: z.enum(kinds), polygonPx: z.array(z.number()) })) })),
  withoutPeople: z.array(z.object(named)),
});

/** A photo with hands whose product and people are drawn by hand, or one without people: there all of the foreground is product. */
export interface HandPhoto {
  readonly name: string;
  readonly half: 'choose' | 'report' | 'nobody';
  readonly photo: Uint8Array;
  readonly truth: Readonly<Record<HandKind, Bitmap>> | null;
}

export interface HandPhotos {
  readonly found: readonly HandPhoto[];
  /** Names of photos that are in none of the folders. */
  readonly missing: readonly string[];
}

const filesOf = async (folder: string): Promise<readonly string[]> => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && /\.(jpe?g|png|webp)$/i.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));

/** Layers lie on one another as they are drawn: a pixel is of the last that covers it. */
const drawn = (layers: readonly { readonly kind: HandKind; readonly polygonPx: readonly number[] }[], widthPx: number, heightPx: number): Readonly<Record<HandKind, Bitmap>> => {
  const truth = Object.fromEntries(kinds.map((kind) => [kind, emptyBitmap(widthPx, heightPx)])) as Record<HandKind, Bitmap>;
  for (const { kind, polygonPx } of layers) {
    const ring = Float64Array.from(polygonPx);
    const shape = fillPolygon([ring], widthPx, heightPx);
    for (let at = 0; at < shape.data.length; at++) {
      if (shape.data[at] === 0) continue;
      for (const other of kinds) truth[other].data[at] = other === kind ? 255 : 0;
    }
  }
  return truth;
};

/** The photos of hands.json, found by their digests: they don't come with Maskdesk, only what is drawn on them does. */
export const handPhotos = async (folders: readonly string[], codec: Pick<ImageCodec, 'probe'>): Promise<HandPhotos> => {
  const { photos, withoutPeople } = truthSchema.parse(JSON.parse(await readFile(join(import.meta.dirname, 'hands.json'), 'utf8')));
  const wanted = new Set([...photos, ...withoutPeople].map(({ sha256 }) => sha256));
  const bytesOf = new Map<string, Uint8Array>();
  for (const folder of folders) {
    for (const file of await filesOf(folder)) {
      const bytes = await readFile(file);
      const digest = sha256Hex(bytes);
      if (wanted.has(digest)) bytesOf.set(digest, bytes);
    }
  }
  const found: HandPhoto[] = [];
  for (const { name, half, sha256, layers } of photos) {
    const photo = bytesOf.get(sha256);
    if (photo === undefined) continue;
    const { widthPx, heightPx } = sizeIn(await codec.probe(photo), 'exif');
    found.push({ name, half, photo, truth: drawn(layers, widthPx, heightPx) });
  }
  for (const { name, sha256 } of withoutPeople) {
    const photo = bytesOf.get(sha256);
    if (photo !== undefined) found.push({ name, half: 'nobody', photo, truth: null });
  }
  return { found, missing: [...photos, ...withoutPeople].filter(({ sha256 }) => !bytesOf.has(sha256)).map(({ name }) => name) };
};
