import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { stat } from 'node:fs/promises';
import type { ImportProblem } from '../../../shared/contracts/rpc/imports.ts';
import { asId, type AssetId, type JobId, type ProductId, type VideoId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ImportRequest } from '../services.ts';
import { openFolder, scanFolder } from './folderScan.ts';
import { distinctId, idInParent, idOfName, stemOf } from './importIds.ts';
import { readMapping, type MappingLine } from './mapping.ts';
import { timeFromName } from './timeFromName.ts';

interface PlannedPicture {
  /** Path inside the folder. */
  readonly file: string;
  readonly jobId: JobId;
  readonly id: AssetId;
  readonly title: string | null;
  readonly url: string | null;
}

export interface PlannedProductImage extends PlannedPicture {
  readonly kind: 'product_image';
  readonly productId: ProductId;
  readonly brand: string | null;
}

export interface PlannedKeyframe extends PlannedPicture {
  readonly kind: 'keyframe';
  readonly videoId: VideoId;
  readonly timestampS: number;
  readonly platform: string;
}

export type Planned = PlannedProductImage | PlannedKeyframe;

export interface ImportPlan {
  readonly realRoot: string;
  readonly pictures: readonly Planned[];
  readonly problems: readonly ImportProblem[];
}

const mappingNames = ['mapping.csv', 'mapping.jsonl'];
const importPlatform = 'import';

const segmentsOf = (file: string): readonly string[] => file.split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.');

/** A picture's path below its product's or video's folder, as a part of its id; deeper folders stay visible. */
const nameInside = (segments: readonly string[]): string => stemOf(segments.slice(1).join('/'));

/** Folder name = product; a file at the top is a product of its own. */
const planProductImage = (file: string, jobId: JobId, line: Partial<MappingLine>): Planned => {
  const segments = segmentsOf(file);
  const own = stemOf(segments[0] ?? file);
  const productId = line.product_id ?? (segments.length > 1 ? idOfName(segments[0] as string) : idOfName(own));
  const name = segments.length > 1 ? nameInside(segments) : own;
  const id = line.image_id ?? (segments.length === 1 && line.product_id === undefined ? productId : idInParent(productId, name));
  return {
    kind: 'product_image',
    file,
    jobId,
    id: asId<AssetId>(id),
    productId: asId<ProductId>(productId),
    title: line.title ?? null,
    brand: line.brand ?? null,
    url: line.url ?? null,
  };
};

/** Folder name = video; files at the top belong to a video named like the imported folder. */
const planKeyframe = (file: string, jobId: JobId, line: Partial<MappingLine>, folderName: string): Planned | ImportProblem => {
  const segments = segmentsOf(file);
  const name = segments.length > 1 ? nameInside(segments) : stemOf(segments[0] ?? file);
  const timestampS = line.ts ?? timeFromName(basename(name));
  if (timestampS === null) {
    return { file, code: 'invalid_input', reason: 'No time can be read from the name; put it there (frame_12.5s), or say it in a mapping.' };
  }
  const videoId = line.video_id ?? idOfName(segments.length > 1 ? (segments[0] as string) : folderName);
  return {
    kind: 'keyframe',
    file,
    jobId,
    id: asId<AssetId>(line.frame_id ?? idInParent(videoId, name)),
    videoId: asId<VideoId>(videoId),
    timestampS,
    platform: line.platform ?? importPlatform,
    title: line.title ?? null,
    url: line.url ?? null,
  };
};

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );

/** @throws ExpectedError invalid_input where it would be left to chance which of two mappings counts */
const mappingIn = async (realRoot: string): Promise<string | undefined> => {
  const found: string[] = [];
  for (const name of mappingNames) if (await exists(join(realRoot, name))) found.push(name);
  if (found.length > 1) {
    throw new ExpectedError('invalid_input', `The folder has ${found.join(' and ')}: leave one of them there, or say which (--mapping).`);
  }
  return found[0] === undefined ? undefined : join(realRoot, found[0]);
};

/** A mapping's path as one inside the folder. An absolute one may name the folder as it was given, through links, or as it really is. */
const fileOf = (path: string, roots: readonly [real: string, given: string]): string => {
  if (!isAbsolute(path)) return path;
  const inside = roots.map((root) => relative(root, path)).find((file) => !isAbsolute(file) && file.split(sep)[0] !== '..');
  return (inside ?? relative(roots[0], path)).split(sep).join('/');
};

/** Gives ids that the folder uses twice to the first file only, and refuses a second keyframe at one time of a video. */
const withoutClashes = (pictures: readonly Planned[], problems: ImportProblem[]): readonly Planned[] => {
  const ids = new Set<string>();
  const times = new Map<string, string>();
  return pictures.flatMap((picture): Planned[] => {
    if (picture.kind === 'keyframe') {
      const moment = `${picture.timestampS}@${picture.videoId}`;
      const earlier = times.get(moment);
      if (earlier !== undefined) {
        problems.push({ file: picture.file, code: 'invalid_input', reason: `It has the same time as ${earlier}: ${picture.timestampS} s. A video has one keyframe a time.` });
        return [];
      }
      times.set(moment, picture.file);
    }
    const id = ids.has(picture.id) ? asId<AssetId>(distinctId(picture.id, picture.file)) : picture.id;
    ids.add(id);
    return [{ ...picture, id }];
  });
};

/**
 * Decides what each file of a folder becomes, before a byte of a picture is read.
 * Without a mapping: products have a folder each (its name is the product_id; `img_id` = `<product_id>_<file name without extension>`),
 * a file at the top is a product of its own, whose only image has the product's id. Videos have a folder each (its name is the video_id;
 * `frame_id` = `<video_id>_<file name without extension>`, time from the name: timeFromName.ts), files at the top belong to a video named
 * like the folder. With a mapping only the files that it names are taken, and what it leaves open follows the rules above.
 * @throws ExpectedError file_unreadable, permission_denied, invalid_input; CancelledError
 */
export const planImport = async ({ folder, kind, jobId, mappingFile, only, signal }: ImportRequest): Promise<ImportPlan> => {
  const realRoot = await openFolder(folder);
  const folderName = basename(realRoot) || 'folder';
  const defaultJob = jobId ?? asId<JobId>(idOfName(`import-${folderName}`));
  const pictures: Planned[] = [];
  const problems: ImportProblem[] = [];
  const take = (file: string, line: Partial<MappingLine>): void => {
    const job = jobId ?? (line.job_id === undefined ? defaultJob : asId<JobId>(line.job_id));
    const planned = kind === 'products' ? planProductImage(file, job, line) : planKeyframe(file, job, line, folderName);
    if ('kind' in planned) pictures.push(planned);
    else problems.push(planned);
  };

  // Single files are taken as they are: a mapping that lies beside them is about the whole folder.
  const mapping = mappingFile ?? (only === undefined ? await mappingIn(realRoot) : undefined);
  if (mapping !== undefined) {
    for await (const read of readMapping(mapping, basename(mapping), signal)) {
      if (read.kind === 'problem') problems.push(read.problem);
      else take(fileOf(read.line.path, [realRoot, resolve(folder)]), read.line);
    }
  } else {
    for await (const entry of scanFolder(realRoot, signal, only)) {
      if (entry.kind === 'problem') problems.push(entry.problem);
      else take(entry.file, {});
    }
  }
  return { realRoot, pictures: withoutClashes(pictures, problems), problems };
};
