import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { ImportDecisions } from '../../../shared/domain/importDecisions.ts';
import { asId, type AssetId, type JobId, type ProductId, type VideoId } from '../../../shared/domain/ids.ts';
import { idOfName, distinctId } from '../import/importIds.ts';
import { timeFromName } from '../import/timeFromName.ts';
import { nameOf, photoFolders, segmentsOf } from './imageNames.ts';
import { noPhotoCame } from './notAdded.ts';
import type { ManifestLine, OwnManifest } from './ownManifest.ts';
import type { ImageRecord, NewPhoto } from './records.ts';

/** A photo to be added, or a sentence on why it can't be. */
export type PlannedPhoto = { readonly photo: NewPhoto } | { readonly obstacle: string };

export interface NewPhotoRules extends Pick<ImportDecisions, 'addAs' | 'jobId'> {
  /** Of the source: names the job, and the video of frames that say nothing of one. */
  readonly sourceName: string;
  readonly manifest: OwnManifest | null;
}

type Identity = { readonly id: string; readonly jobId: JobId; readonly title: string | null; readonly photoPath: string };

const ofManifest = (row: ManifestLine, common: Omit<Identity, 'id' | 'title'>): NewPhoto | null => {
  const base = { id: asId<AssetId>(row.asset_id), title: row.title, ...common };
  if (row.asset_kind === 'product_image') return { ...base, kind: 'product_image', productId: asId<ProductId>(row.product_id ?? row.asset_id) };
  if (row.video_id === null || row.timestamp_s === null) return null;
  return { ...base, kind: 'keyframe', videoId: asId<VideoId>(row.video_id), timestampS: row.timestamp_s };
};

/** `product-...` and `frame-...` are what our exports call their files; the id is what follows. */
const plainName = (name: string): string => {
  const id = /^(?:product|frame)-(.+)$/.exec(name)?.[1];
  if (id === undefined) return name;
  try {
    return decodeURIComponent(id);
  } catch {
    return name;
  }
};

const planOne = (image: ImageRecord & { readonly photoPath: string }, { addAs, jobId, sourceName, manifest }: NewPhotoRules): PlannedPhoto => {
  const row = manifest?.get(nameOf(image.file));
  const name = nameOf(image.plainFile !== null && nameOf(image.plainFile) === nameOf(image.photoPath) ? image.plainFile : image.file);
  const ownJob = row?.job_id == null ? null : asId<JobId>(row.job_id);
  const common = { jobId: jobId ?? ownJob ?? asId<JobId>(idOfName(`import-${sourceName}`)), photoPath: image.photoPath };
  const own = row === undefined ? null : ofManifest(row, common);
  if (own !== null) return { photo: own };
  const id = idOfName(plainName(name));
  const base = { id: asId<AssetId>(id), title: null, ...common };
  if ((addAs ?? 'products') === 'products') return { photo: { ...base, kind: 'product_image', productId: asId<ProductId>(id) } };
  const timestampS = timeFromName(name);
  if (timestampS === null) return { obstacle: 'No time can be read from its name, and a keyframe needs one.' };
  const folder = segmentsOf(image.photoPath).at(-2);
  const videoId = folder === undefined || photoFolders.has(folder.toLowerCase()) ? sourceName : folder;
  return { photo: { ...base, kind: 'keyframe', videoId: asId<VideoId>(idOfName(videoId)), timestampS } };
};

/** Of photos that belong to no asset. Two with one id are told apart; two keyframes at one time of a video are not both added. */
export const planNewPhotos = (images: readonly ImageRecord[], rules: NewPhotoRules): ReadonlyMap<number, PlannedPhoto> => {
  const planned = new Map<number, PlannedPhoto>();
  const ids = new Set<string>();
  const moments = new Set<string>();
  for (const image of images) {
    if (image.photoPath === null) {
      planned.set(image.image, { obstacle: noPhotoCame });
      continue;
    }
    const one = planOne({ ...image, photoPath: image.photoPath }, rules);
    if ('obstacle' in one) {
      planned.set(image.image, one);
      continue;
    }
    let { photo } = one;
    if (photo.kind === 'keyframe') {
      const moment = `${photo.timestampS}@${photo.videoId}`;
      if (moments.has(moment)) {
        planned.set(image.image, { obstacle: `Another image has the same time in video ${photo.videoId}: ${photo.timestampS} s.` });
        continue;
      }
      moments.add(moment);
    }
    const key = (ref: AssetRef): string => `${ref.kind}:${ref.id}`;
    if (ids.has(key(photo))) photo = { ...photo, id: asId<AssetId>(distinctId(photo.id, image.file)) };
    ids.add(key(photo));
    planned.set(image.image, { photo });
  }
  return planned;
};

const isPhoto = (path: string): boolean => /\.(?:jpe?g|png|webp|tiff?|avif|bmp)$/i.test(path);

/** Photos of a source by their name, where only one file in a folder of photos has it: for formats that say nothing of where photos are. */
export const photosByName = (paths: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string | null>();
  for (const path of paths) {
    const isInFolder = segmentsOf(path).slice(0, -1).some((folder) => photoFolders.has(folder.toLowerCase()) && !/^(?:data|default|train|val|test)$/i.test(folder));
    if (!isPhoto(path) || !isInFolder) continue;
    const name = nameOf(path);
    found.set(name, found.has(name) ? null : path);
  }
  return new Map([...found].flatMap(([name, path]) => (path === null ? [] : [[name, path]])));
};
