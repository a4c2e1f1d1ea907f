import type { SnapshotEntry, Snapshot, SnapshotLink } from '../../shared/domain/maskSet.ts';
import { asId } from '../../shared/domain/ids.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import type { RunParts } from '../../electron/services/export/runExport.ts';
import { sha256Hex } from '../../electron/base/hash.ts';
import { createImageCodec } from '../../electron/imaging/imageCodec.ts';
import { importFormats } from '../../electron/formats/index.ts';

const sidePx = 24;
const shapes = 64;
const imagesOfProduct = 5;
const videosEach = 100;

/** A disc somewhere, with a hole in every second one. */
const shapeOf = (seed: number): Bitmap => {
  const data = new Uint8Array(sidePx * sidePx);
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      const distance = Math.hypot(x - 8 - (seed % 8), y - 8 - Math.floor(seed / 8));
      data[y * sidePx + x] = distance < 7 && (seed % 2 === 0 || distance > 2) ? 255 : 0;
    }
  }
  return { widthPx: sidePx, heightPx: sidePx, data };
};

/**
 * A set of so many small masks that are in no store: what an export itself holds in memory is to be seen, not the decoder and the database. The "PNG" of a mask is its
 * number, and the codec decodes that.
 */
export const fakeSet = (count: number): { readonly snapshot: Snapshot; readonly parts: RunParts } => {
  const made = Array.from({ length: shapes }, (_, seed) => ({ mask: shapeOf(seed), bytes: Uint8Array.of(seed), sha256: sha256Hex(Uint8Array.of(seed)) }));
  const bytesOf = new Map(made.map(({ sha256, bytes }) => [sha256 as string, bytes]));
  const shape = (index: number): (typeof made)[number] => made[index % shapes] as (typeof made)[number];
  const entryAt = (position: number): SnapshotEntry => {
    const { sha256, mask } = shape(position);
    return {
      position,
      asset: { kind: 'product_image', id: asId(`image-${String(position).padStart(9, '0')}`) },
      revisionId: asId(`revision-${position}`),
      maskSha256: sha256,
      matteSha256: null,
      widthPx: sidePx,
      heightPx: sidePx,
      areaPx: mask.data.reduce((sum, value) => sum + value / 255, 0),
      origin: 'model',
      author: 'bench',
      modelId: asId('bench'),
      state: 'approved',
      verdict: { kind: 'approve', reviewer: 'bench', atMs: 1_700_000_000_000 + position, reason: null },
      rejections: 0,
      localPath: `data/images/${position}.jpg`,
      productId: asId(`product-${Math.floor(position / imagesOfProduct)}`),
      videoId: null,
      title: `A product, number ${Math.floor(position / imagesOfProduct)}`,
      timestampS: null,
      jobId: asId('bench'),
    };
  };
  const links: readonly SnapshotLink[] = Array.from({ length: Math.floor(count / imagesOfProduct / videosEach) }, (_, index) => ({ productId: asId(`product-${index * videosEach}`), videoId: asId(`video-${index}`) }));
  const snapshot: Snapshot = { snapshotId: asId(`fake-${count}`), setId: asId('fake'), setName: 'fake', number: 1, filter: {}, createdBy: 'bench', createdAtMs: 1_700_000_000_000, entryCount: count, totalAreaPx: 0, digest: sha256Hex(String(count)) };
  const unasked = (): never => {
    throw new Error('The export asked for what this set does not have');
  };
  const parts: RunParts = {
    sets: {
      entries: async (_id, after, limit) => Array.from({ length: Math.max(0, Math.min(limit, count - after - 1)) }, (_, index) => entryAt(after + 1 + index)),
      links: async () => links,
      rememberPhoto: async (_id, _asset, sha256) => sha256,
    },
    blobs: { get: async (key: string) => bytesOf.get(/[0-9a-f]{64}/.exec(key)?.[0] ?? '') ?? unasked(), keyOfPath: unasked },
    codec: { ...createImageCodec(), decodeMask: async ([seed]) => shape(seed as number).mask },
    orientation: 'exif',
    importFormats,
    maxPixels: 1e6,
    concurrency: 3,
  };
  return { snapshot, parts };
};
