import type { Random } from '../../electron/cli/crash/random.ts';
import type { AssetKind } from '../../shared/domain/asset.ts';

/** A picture of the stream: its file, and what must become of it. */
export interface PlannedAsset {
  readonly kind: AssetKind;
  readonly id: string;
  /** `product_id` or `video_id`. */
  readonly parentId: string;
  /** Relative to the data root. */
  readonly localPath: string;
  readonly timestampS: number;
  /** Its bytes are no picture: a failed asset, and none of its job's total. */
  readonly isCorrupt: boolean;
}

export interface PlannedMessage {
  readonly topic: string;
  readonly body: string;
}

/** One job of the pipeline, of product images or of keyframes, with its messages in the order in which they are sent. */
export interface PlannedJob {
  readonly jobId: string;
  readonly kind: AssetKind;
  readonly assets: readonly PlannedAsset[];
  readonly messages: readonly PlannedMessage[];
}

const pick = <T>(random: Random, choices: readonly T[]): T => choices[random.below(choices.length)] as T;
const chance = (random: Random, outOf: number): boolean => random.below(outOf) === 0;

const shuffled = <T>(random: Random, items: readonly T[]): T[] => {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)[0] as T);
};

/** Both spellings of contracts.md B, and fields that nobody has told us of. */
const spellings = {
  image: ['products.image.ready', 'products.images.ready'],
  imageBatch: ['products.images.ready.batch'],
  keyframes: ['videos.keyframes.ready', 'video.keyframes.ready'],
  keyframeBatch: ['videos.keyframes.ready.batch', 'video.keyframes.ready.batch'],
} as const;
const unknownFields = (random: Random): object => (chance(random, 3) ? { tenant: 'größe 🧦', trace: { hops: [1, null, { deep: true }] } } : {});

const corruptOutOf = 8;
const duplicateOutOf = 4;
const emptyOutOf = 10;

const planAssets = (random: Random, jobId: string, kind: AssetKind): PlannedAsset[] =>
  Array.from({ length: chance(random, emptyOutOf) ? 0 : 2 + random.below(5) }, (_, index) => {
    const id = `${jobId}-${kind === 'product_image' ? 'img' : 'frame'}-${index}`;
    // Ids are data: some have what a path may not have.
    const name = chance(random, 6) ? `${id} a/b:ü` : id;
    return { kind, id: name, parentId: `${jobId}-${kind === 'product_image' ? 'product' : 'video'}-${index % 2}`, localPath: `data/images/${id}.jpg`, timestampS: index * 1.5, isCorrupt: chance(random, corruptOutOf) };
  });

const imageMessages = (random: Random, jobId: string, assets: readonly PlannedAsset[]): PlannedMessage[] =>
  assets.map((asset) => ({
    topic: pick(random, spellings.image),
    body: JSON.stringify({ product_id: asset.parentId, image_id: asset.id, local_path: asset.localPath, job_id: jobId, ...(chance(random, 2) ? { metadata: { width: 320, height: 240, format: 'jpeg' } } : {}), ...unknownFields(random) }),
  }));

const videoMessages = (random: Random, jobId: string, assets: readonly PlannedAsset[]): PlannedMessage[] =>
  [...new Set(assets.map((asset) => asset.parentId))].map((videoId) => ({
    topic: pick(random, spellings.keyframes),
    body: JSON.stringify({
      video_id: videoId,
      job_id: jobId,
      frames: assets.filter((asset) => asset.parentId === videoId).map((asset) => ({ frame_id: asset.id, ts: asset.timestampS, local_path: asset.localPath, ...unknownFields(random) })),
      ...unknownFields(random),
    }),
  }));

/** Some messages come twice, in any order, the batch anywhere among them. @param number makes its ids its own @param run ids of different runs differ */
export const planJob = (random: Random, number: number, run: string): PlannedJob => {
  const kind: AssetKind = chance(random, 2) ? 'product_image' : 'keyframe';
  const jobId = `chaos-${run}-${number}`;
  const assets = planAssets(random, jobId, kind);
  const ready = (kind === 'product_image' ? imageMessages : videoMessages)(random, jobId, assets);
  const total = kind === 'product_image' ? { total_images: assets.length } : { total_keyframes: assets.length };
  const batch = { topic: pick(random, kind === 'product_image' ? spellings.imageBatch : spellings.keyframeBatch), body: JSON.stringify({ job_id: jobId, event_id: `${jobId}-ready-batch`, ...total, ...unknownFields(random) }) };
  const all = [...ready, batch];
  return { jobId, kind, assets, messages: shuffled(random, [...all, ...all.filter(() => chance(random, duplicateOutOf))]) };
};

/** Messages that nobody can read; each different from all others. */
const poisons: readonly ((mark: string) => PlannedMessage)[] = [
  (mark) => ({ topic: 'products.image.ready', body: `no json at all ${mark}` }),
  (mark) => ({ topic: 'products.images.ready', body: `{"image_id":"${mark}","job_id":` }),
  (mark) => ({ topic: 'products.image.ready', body: JSON.stringify({ product_id: 'p', job_id: mark, local_path: 'data/images/x.jpg' }) }),
  (mark) => ({ topic: 'videos.keyframes.ready', body: JSON.stringify({ video_id: 'v', job_id: mark, frames: 'none' }) }),
  (mark) => ({ topic: 'products.images.ready.batch', body: JSON.stringify({ job_id: mark, event_id: mark, total_images: -1 }) }),
  (mark) => ({ topic: 'video.keyframes.ready.batch', body: JSON.stringify([mark]) }),
];

export const planPoison = (random: Random, number: number, run: string): PlannedMessage => pick(random, poisons)(`poison-${run}-${number}`);
