import type { ImportFormatInfo, ImportPreview, IncomingPicture, PictureSide, InspectProgress, MaskImportProgress } from '../../../shared/contracts/rpc/maskImports.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { MaskImport } from '../../../shared/domain/maskImport.ts';
import type { ImportFormatId } from '../../../shared/domain/formatIds.ts';
import type { SomeDecisions } from '../../../shared/domain/importDecisions.ts';
import type { ImportId, RevisionId } from '../../../shared/domain/ids.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { RecogniseContext } from '../../../shared/ports/importFormat.ts';
import type { TakenBackPhotos } from '../../../shared/ports/store/importedPhotoStore.ts';
import type { ImportUndone } from '../../../shared/ports/store/revisionStore.ts';
import { applyImport } from './applyImport.ts';
import { BrokenParts } from './brokenParts.ts';
import { findSame } from './alreadyThere.ts';
import { importFormatInfo } from './importFormatInfo.ts';
import { Inspection } from './inspection.ts';
import { allAssets, ImageMatcher } from './matchImages.ts';
import { readOwnManifest } from './ownManifest.ts';
import type { MaskImportParts } from './parts.ts';
import { photoSizes } from './photoSizes.ts';
import { clearAbandoned } from './placePhotos.ts';
import { findOtherPhotos, planImport } from './planImport.ts';
import { previewOf } from './preview.ts';
import { readSource } from './readSource.ts';
import { resultOf } from '../resultOf.ts';
import { chooseSamples } from './samples.ts';
import { assertSomethingRead, recogniseFormat } from './recogniseFormat.ts';

export interface InspectRequest {
  /** Path of a folder, a zip or a file, or s3://bucket/prefix. */
  readonly source: string;
  readonly format: ImportFormatId | 'auto';
  readonly decisions?: SomeDecisions | undefined;
}

/** What became of an import that was taken back; restored: without those photos that are gone themselves. */
export interface UndoneMasks extends ImportUndone {
  readonly photosRemoved: readonly AssetRef[];
  readonly photosKept: TakenBackPhotos['kept'];
}

/** Masks that other tools made, as versions to review. */
export interface MaskImportService {
  formats(): readonly ImportFormatInfo[];
  /**
   * Reads the source from end to end and decodes every mask; writes nothing. Ends with the preview; the inspection is kept until `forget` or four newer ones, and while it is being taken in.
   * @throws ExpectedError format_unknown, annotations_invalid, file_unreadable, image_*; CancelledError
   */
  inspect(request: InspectRequest, signal?: AbortSignal): AsyncIterable<InspectProgress>;
  /** Under other decisions. @throws ExpectedError not_found */
  preview(inspectionId: string, decisions: SomeDecisions, signal?: AbortSignal): Promise<ImportPreview>;
  /** Pictures of the latest preview's samples, as they are made. @throws ExpectedError not_found, and as inspect; CancelledError */
  pictures(inspectionId: string, signal?: AbortSignal): AsyncIterable<IncomingPicture>;
  /** One that `pictures` told of, a WebP; null: it is not kept any more. */
  picture(inspectionId: string, pictureId: string, side: PictureSide): Uint8Array | null;
  /** All or nothing. @throws ExpectedError not_found, invalid_input (something must be decided first), and as inspect; CancelledError */
  apply(inspectionId: string, decisions: SomeDecisions, signal?: AbortSignal): AsyncIterable<MaskImportProgress>;
  forget(inspectionId: string): Promise<void>;
  /** Heads that nobody touched since go back, photos that the import added and nobody touched since go away, and what waits beside a person's work waits no longer. @throws ExpectedError not_found, nothing_to_undo; CancelledError: photos that are not taken back yet are by undoing it again */
  undo(importId: ImportId, signal?: AbortSignal): Promise<UndoneMasks>;
  /** Newest first. @param before the last one of the page before @throws ExpectedError not_found (`before`) */
  list(limit: number, before?: ImportId | null): Promise<readonly MaskImport[]>;
  /** The person decides against a mask that waits. @throws ExpectedError not_found */
  leave(asset: AssetRef, revisionId: RevisionId): Promise<void>;
  /** Takes that back. @throws ExpectedError nothing_to_undo */
  waitAgain(asset: AssetRef, revisionId: RevisionId): Promise<void>;
  dispose(): Promise<void>;
}

const maxInspections = 4;
const tellEvery = 20;

interface Step {
  readonly done: number;
  readonly total: number | null;
}

/** Tells of some steps of a part of the inspection. @returns what it comes to */
async function* telling<Result>(phase: Extract<InspectProgress, { kind: 'progress' }>['phase'], steps: AsyncGenerator<Step, Result>): AsyncGenerator<InspectProgress, Result> {
  try {
    for (let step = await steps.next(); ; step = await steps.next()) {
      if (step.done === true) return step.value;
      const { done, total } = step.value;
      if (done % tellEvery === 1 || done === total) yield { kind: 'progress', phase, done, total };
    }
  } finally {
    // Nobody listens any more: what it has open is closed.
    await steps.return(undefined as never);
  }
}

export const createMaskImportService = (parts: MaskImportParts): MaskImportService => {
  const { store, codec, clock, formats, maxPixels, openSource, events, reviewer } = parts;
  const inspections = new Map<string, Inspection>();

  const forget = async (inspectionId: string): Promise<void> => {
    const inspection = inspections.get(inspectionId);
    inspections.delete(inspectionId);
    await inspection?.read.source.close();
  };
  const inspectionOf = (inspectionId: string): Inspection => {
    const inspection = inspections.get(inspectionId);
    if (inspection === undefined) throw new ExpectedError('not_found', 'What was found in that source is not kept any more. Look at it again.');
    return inspection;
  };

  /** How many are at work with each: those are not forgotten to make room. */
  const inUse = new Map<string, number>();
  async function* using<Step>(inspectionId: string, steps: (inspection: Inspection) => AsyncIterable<Step>): AsyncGenerator<Step> {
    const inspection = inspectionOf(inspectionId);
    inUse.set(inspectionId, (inUse.get(inspectionId) ?? 0) + 1);
    try {
      yield* steps(inspection);
    } finally {
      const others = (inUse.get(inspectionId) ?? 1) - 1;
      if (others > 0) inUse.set(inspectionId, others);
      else inUse.delete(inspectionId);
    }
  }

  /** Told how many masks are compared with those that are there. */
  async function* previewing(inspection: Inspection, decisions: SomeDecisions, signal: AbortSignal | undefined): AsyncGenerator<Step, ImportPreview> {
    const plan = await planImport(inspection, decisions, store, signal);
    const same = yield* findSame(inspection, plan, parts, signal);
    throwIfCancelled(signal);
    inspection.samples = chooseSamples(plan, same);
    return previewOf(inspection, plan, same);
  }

  async function* inspect({ source: place, format: wanted, decisions = {} }: InspectRequest, signal?: AbortSignal): AsyncGenerator<InspectProgress> {
    const source = await openSource(place, signal);
    // The reader is read from again when masks are taken in, long after whoever asked for this look has gone.
    const looking = new AbortController();
    const stop = (): void => looking.abort(signal?.reason);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    let inspection: Inspection | null = null;
    try {
      yield { kind: 'progress', phase: 'recognising', done: 0, total: null };
      const context: RecogniseContext = { codec, maxPixels, signal };
      const format = wanted === 'auto' ? await recogniseFormat(source, formats, context) : formats[wanted];
      const faults = new BrokenParts();
      const reader = await format.open(source, { codec, onBroken: faults.note, maxPixels, signal: looking.signal, sizeOf: photoSizes(store.assets, source, looking.signal) });
      const manifest = await readOwnManifest(source);
      const { images, remarks, broken } = yield* telling('reading', readSource(reader, manifest !== null, faults, signal));
      await assertSomethingRead(images, format, source, formats, context);
      const matcher = new ImageMatcher(images, manifest);
      yield { kind: 'progress', phase: 'matching', done: 0, total: null };
      let looked = 0;
      for await (const asset of allAssets(store.assets, signal)) {
        matcher.add(asset);
        if (++looked % 5000 === 0) yield { kind: 'progress', phase: 'matching', done: looked, total: null };
      }
      inspection = new Inspection({ inspectionId: clock.uuid(), format, source, reader, images, remarks, broken, manifest, matcher }, parts);
      yield* telling('matching', findOtherPhotos(inspection, decisions, signal));
      const preview = yield* telling('comparing', previewing(inspection, decisions, signal));
      inspections.set(preview.inspectionId, inspection);
      for (const oldest of [...inspections.keys()].slice(0, -maxInspections)) if (!inUse.has(oldest)) await forget(oldest);
      yield { kind: 'preview', preview };
    } finally {
      signal?.removeEventListener('abort', stop);
      if (inspection === null || !inspections.has(inspection.read.inspectionId)) await source.close();
    }
  }

  return {
    formats: () => Object.values(formats).map(importFormatInfo),
    inspect,
    preview: async (inspectionId, decisions, signal) => resultOf(previewing(inspectionOf(inspectionId), decisions, signal)),
    async *pictures(inspectionId, signal) {
      yield* using(inspectionId, (inspection) => inspection.pictures.of(inspection.samples, inspection, signal));
    },
    picture: (inspectionId, pictureId, side) => inspections.get(inspectionId)?.pictures.files(pictureId)?.[side] ?? null,
    async *apply(inspectionId, decisions, signal) {
      yield* using(inspectionId, (inspection) => applyImport(inspection, decisions, parts, signal));
    },
    forget,
    undo: async (importId, signal) => {
      const { restored, withdrawn, covered, kept } = await store.revisions.undoImport(importId, reviewer());
      const photosRemoved: AssetRef[] = [];
      const photosKept: TakenBackPhotos['kept'][number][] = [];
      const standing = (): readonly AssetRef[] => {
        const gone = new Set(photosRemoved.map(assetKey));
        return restored.filter((asset) => !gone.has(assetKey(asset)));
      };
      try {
        for await (const part of store.importedPhotos.takeBack(importId, signal)) {
          photosRemoved.push(...part.removed);
          photosKept.push(...part.kept);
        }
      } finally {
        // However far it came.
        if (restored.length + withdrawn.length + covered + photosRemoved.length > 0) {
          events.assetsChanged([...standing(), ...withdrawn, ...photosRemoved]);
          await store.audit.append({ kind: 'import', who: reviewer(), asset: null, details: { undone_import_id: importId, restored: standing().length, withdrawn: withdrawn.length, covered, kept, photos_removed: photosRemoved.length } });
          await clearAbandoned(parts);
        }
      }
      if (restored.length + withdrawn.length + covered + photosRemoved.length === 0) {
        throw new ExpectedError('nothing_to_undo', kept === 0 ? 'No mask of that import stands any more: it was taken back already.' : `Nothing of that import can be taken back any more: people have gone on from its ${kept.toLocaleString('en')} ${kept === 1 ? 'mask' : 'masks'} that still stand.`);
      }
      return { restored: standing(), withdrawn, covered, kept, photosRemoved, photosKept };
    },
    list: (limit, before) => store.revisions.imports(limit, before),
    leave: async (asset, revisionId) => {
      await store.revisions.leaveImported(asset, revisionId, reviewer());
      events.assetsChanged([asset]);
    },
    waitAgain: async (asset, revisionId) => {
      await store.revisions.waitAgain(asset, revisionId, reviewer());
      events.assetsChanged([asset]);
    },
    dispose: async () => {
      for (const inspectionId of [...inspections.keys()]) await forget(inspectionId);
    },
  };
};
