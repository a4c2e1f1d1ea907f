import type { ImportProblem, ImportProgress } from '../../shared/contracts/rpc/imports.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { ExpectedError, isCancelled, isExpected } from '../../shared/errors/errors.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { AppEvents } from './appEvents.ts';
import { createCatalogue } from './import/catalogue.ts';
import { planImport, type ImportPlan, type Planned } from './import/plan.ts';
import { problemOf } from './import/problem.ts';
import { readPicture } from './import/readPicture.ts';
import { storePicture } from './import/storePicture.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import type { ImportRequest, ImportService } from './services.ts';

export interface ImportLimits {
  /** Files above it are listed, not read. Default 512 MiB. */
  readonly maxFileBytes?: number;
  /** Pictures decoded at a time: each may take some hundred MB. Default 2. */
  readonly concurrency?: number;
}

export interface ImportParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly codec: ImageCodec;
  readonly clock: Clock;
  readonly events: AppEvents;
  readonly limits?: ImportLimits;
}

/** Faults of the store, not of one file: every later file would meet them too. */
const fatal: readonly ErrorCode[] = ['disk_full', 'store_locked', 'store_corrupt', 'store_missing', 'out_of_memory'];

/** Screens are told at most this often. */
const tellEveryMs = 300;

type Outcome = { readonly file: string } & ({ readonly asset: AssetRef; readonly outcome: 'added' | 'exists' } | { readonly problem: ImportProblem });

export const createImportService = ({ store, blobs, codec, clock, events, limits = {} }: ImportParts): ImportService => {
  const { maxFileBytes = 512 * 2 ** 20, concurrency = 2 } = limits;

  const importOne = async (plan: ImportPlan, picture: Planned, ensureOwner: (picture: Planned) => Promise<void>): Promise<Outcome> => {
    const { file, id } = picture;
    let bytes: Uint8Array;
    try {
      bytes = await readPicture(plan.realRoot, file, codec, maxFileBytes);
      // Before the catalog hears of a product: one without any picture that can be read is none.
      await codec.probe(bytes);
    } catch (error) {
      if (isExpected(error, 'out_of_memory')) throw error;
      return { file, problem: problemOf(file, error) };
    }
    try {
      await ensureOwner(picture);
      const owner =
        picture.kind === 'product_image'
          ? { kind: picture.kind, id, productId: picture.productId }
          : { kind: picture.kind, id, videoId: picture.videoId, timestampS: picture.timestampS };
      return { file, asset: { kind: picture.kind, id }, outcome: await storePicture({ store, blobs, codec }, owner, bytes) };
    } catch (error) {
      if (error instanceof ExpectedError && fatal.includes(error.code)) throw error;
      return { file, problem: problemOf(file, error) };
    }
  };

  return {
    async *run(request: ImportRequest): AsyncGenerator<ImportProgress> {
      let added = 0;
      let existing = 0;
      const failed: ImportProblem[] = [];
      const finished = (cancelled: boolean): ImportProgress => ({ kind: 'finished', added, existing, failed, cancelled });

      let plan: ImportPlan;
      try {
        plan = await planImport(request);
      } catch (error) {
        if (!isCancelled(error)) throw error;
        yield finished(true);
        return;
      }
      const { pictures, problems } = plan;
      if (pictures.length === 0 && problems.length === 0) {
        throw new ExpectedError('invalid_input', `${request.folder} holds no files to import.`);
      }
      for (const problem of problems) {
        failed.push(problem);
        yield { kind: 'problem', problem };
      }

      const ensureOwner = createCatalogue(store.catalog);
      let untold: AssetRef[] = [];
      let toldAtMs = clock.nowMs();
      let done = 0;
      try {
        const outcomes = mapConcurrently(pictures, concurrency, (picture) => importOne(plan, picture, ensureOwner), request.signal);
        for await (const outcome of outcomes) {
          done++;
          if ('problem' in outcome) {
            failed.push(outcome.problem);
            yield { kind: 'problem', problem: outcome.problem };
          } else {
            if (outcome.outcome === 'added') {
              added++;
              untold.push(outcome.asset);
            } else existing++;
            yield { kind: 'asset', file: outcome.file, asset: outcome.asset, outcome: outcome.outcome };
          }
          yield { kind: 'progress', done, total: pictures.length, file: outcome.file };
          if (untold.length > 0 && clock.nowMs() - toldAtMs >= tellEveryMs) {
            events.assetsChanged(untold);
            untold = [];
            toldAtMs = clock.nowMs();
          }
        }
      } finally {
        if (untold.length > 0) events.assetsChanged(untold);
      }
      yield finished(done < pictures.length);
    },
  };
};
