import { appendFile, mkdir, open, readFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';
import { sha256Hex } from '../../base/hash.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { encodeEntry, type RecordPlace } from '../../../shared/edits/historyLog.ts';
import { emptyIndex, firstStepOf, indexAfter, stepsAround, type StepIndex } from './stepIndex.ts';

/** Some 2000 strokes at 24 MP; the oldest half goes when it is full. */
const defaultFileLimitBytes = 48 * 1024 * 1024;
const defaultFolderLimitBytes = 256 * 1024 * 1024;

export interface StrokeHistoryPage {
  /** The oldest step that is kept, and one past the newest. */
  readonly first: number;
  readonly end: number;
  /** So many are applied: a step number from first to end. */
  readonly applied: number;
  /** Records (shared/edits/historyLog.ts) of the steps asked for, in order. */
  readonly records: Uint8Array;
}

/** Undo steps on disk, a log for each asset. One reviewer's, on one machine: losing them costs undo and no work. */
export interface StrokeHistory {
  /** The steps around the applied one, about `maxBytes` of them; null where nothing is kept. */
  around(asset: AssetRef, maxBytes: number): Promise<StrokeHistoryPage | null>;
  /** The steps from..before-1 as far as they are there. */
  range(asset: AssetRef, from: number, before: number): Promise<StrokeHistoryPage | null>;
  /** @throws ExpectedError disk_full, permission_denied */
  append(asset: AssetRef, records: Uint8Array): Promise<void>;
  remove(asset: AssetRef): Promise<void>;
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The places follow each other in the file nearly always: one read for each run of neighbours. */
const readPlaces = async (path: string, places: readonly RecordPlace[]): Promise<Uint8Array> => {
  const bytes = new Uint8Array(places.reduce((sum, { length }) => sum + length, 0));
  const file = await open(path, 'r');
  try {
    let target = 0;
    for (let at = 0; at < places.length; ) {
      const start = (places[at] as RecordPlace).offset;
      let end = start;
      for (; places[at]?.offset === end; at++) end += (places[at] as RecordPlace).length;
      await file.read(bytes, target, end - start, start);
      target += end - start;
    }
  } finally {
    await file.close();
  }
  return bytes;
};

/** @param folder made when it is first written to */
export const createStrokeHistory = (
  folder: string,
  reviewer: () => string,
  { fileBytes = defaultFileLimitBytes, folderBytes = defaultFolderLimitBytes }: { readonly fileBytes?: number; readonly folderBytes?: number } = {},
): StrokeHistory => {
  const queues = new Map<string, Promise<unknown>>();
  const indexes = new Map<string, StepIndex>();
  const pathOf = (asset: AssetRef): string => join(folder, `${sha256Hex(`${reviewer()}\n${assetKey(asset)}`)}.steps`);

  /** Reads and writes of one file follow each other. */
  const inOrder = <T>(asset: AssetRef, work: (path: string) => Promise<T>): Promise<T> => {
    const path = pathOf(asset);
    const attempt = async (): Promise<T> => {
      try {
        return await work(path);
      } catch (error) {
        indexes.delete(path);
        throw fileError(error, path);
      }
    };
    const next = (queues.get(path) ?? Promise.resolve()).then(attempt, attempt);
    queues.set(path, next);
    const forget = (): void => {
      if (queues.get(path) === next) queues.delete(path);
    };
    next.then(forget, forget);
    return next;
  };

  /** What a killed writer left half-written is cut off: it would hide all that follows. */
  const indexOf = async (path: string): Promise<StepIndex> => {
    const known = indexes.get(path);
    if (known !== undefined) return known;
    const bytes = await readFile(path).catch((error: unknown) => {
      if (isMissing(error)) return new Uint8Array();
      throw error;
    });
    const index = indexAfter(emptyIndex, bytes);
    if (index.soundBytes < bytes.length) await truncate(path, index.soundBytes);
    indexes.set(path, index);
    return index;
  };

  const pageOf = async (path: string, index: StepIndex, places: readonly RecordPlace[]): Promise<StrokeHistoryPage | null> => {
    if (index.steps.length === 0) return null;
    const first = firstStepOf(index);
    const end = first + index.steps.length;
    return { first, end, applied: Math.min(end, Math.max(first, index.applied)), records: await readPlaces(path, places) };
  };

  /** Keeps the newest half of a full file. */
  const compact = async (path: string, index: StepIndex): Promise<void> => {
    let keptBytes = 0;
    let from = index.steps.length;
    for (; from > 0; from--) {
      keptBytes += (index.steps[from - 1] as RecordPlace).length;
      if (keptBytes > fileBytes / 2) break;
    }
    const records = await readPlaces(path, index.steps.slice(from));
    const mark = encodeEntry({ kind: 'mark', applied: index.applied });
    const bytes = new Uint8Array(records.length + mark.length);
    bytes.set(records);
    bytes.set(mark, records.length);
    await writeFileAtomic(path, bytes);
    indexes.set(path, indexAfter(emptyIndex, bytes));
  };

  /** All assets together; those not painted on for longest go first. */
  const trimFolder = async (kept: string): Promise<void> => {
    const paths = (await readdir(folder)).map((name) => join(folder, name));
    const files = await Promise.all(paths.map(async (path) => ({ path, ...(await stat(path)) })));
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= folderBytes) return;
      if (path === kept) continue;
      await rm(path, { force: true });
      indexes.delete(path);
      total -= size;
    }
  };

  return {
    around: (asset, maxBytes) =>
      inOrder(asset, async (path) => {
        const index = await indexOf(path);
        return pageOf(path, index, stepsAround(index, maxBytes));
      }),
    range: (asset, from, before) =>
      inOrder(asset, async (path) => {
        const index = await indexOf(path);
        return pageOf(path, index, index.steps.filter(({ step }) => step >= from && step < before));
      }),
    append: (asset, records) =>
      inOrder(asset, async (path) => {
        await mkdir(folder, { recursive: true });
        const index = await indexOf(path);
        if (index.soundBytes === 0) await trimFolder(path);
        await appendFile(path, records);
        const now = indexAfter(index, records);
        indexes.set(path, now);
        if (now.soundBytes > fileBytes) await compact(path, now);
      }),
    remove: (asset) =>
      inOrder(asset, async (path) => {
        indexes.delete(path);
        await rm(path, { force: true });
      }),
  };
};
