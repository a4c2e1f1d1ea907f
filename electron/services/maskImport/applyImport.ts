import type { MaskImportProgress } from '../../../shared/contracts/rpc/maskImports.ts';
import type { SomeDecisions } from '../../../shared/domain/importDecisions.ts';
import { asId, type ImportId } from '../../../shared/domain/ids.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { AnnotatedImage } from '../../../shared/ports/importFormat.ts';
import type { ImportedPhoto } from '../../../shared/ports/store/importedPhotoStore.ts';
import { inOrder } from '../export/inOrder.ts';
import type { Inspection } from './inspection.ts';
import { makeRevision, type MadeRevision, type PlannedMask } from './makeRevision.ts';
import type { MaskImportParts } from './parts.ts';
import { clearAbandoned, clearPlaced, placePhotos, removeUnused } from './placePhotos.ts';
import { notAdded } from './notAdded.ts';
import { planImport, type PlannedImage } from './planImport.ts';
import { countSkips, outcomeOf } from './preview.ts';
import { imagesAtATime } from './readSource.ts';

const isMask = (planned: PlannedImage | undefined): planned is PlannedMask => planned?.skip === null;

async function* wanted(images: AsyncIterable<AnnotatedImage>, planned: readonly PlannedImage[]): AsyncGenerator<{ readonly image: AnnotatedImage; readonly planned: PlannedMask }> {
  let number = 0;
  for await (const image of images) {
    const one = planned[number++];
    if (isMask(one)) yield { image, planned: one };
  }
}

/**
 * Masks and the files of photos that are to be added first, then the rows of all of them in one transaction: until that one nothing of the import can be seen.
 * @throws ExpectedError invalid_input where something must be decided first; as makeRevision, placePhotos and RevisionStore.addImported; CancelledError
 */
export async function* applyImport(inspection: Inspection, said: SomeDecisions, parts: MaskImportParts, signal: AbortSignal | undefined): AsyncGenerator<MaskImportProgress> {
  const { store, events, clock, reviewer } = parts;
  inspection.forgetFacts();
  const plan = await planImport(inspection, said, store, signal);
  const outcome = outcomeOf(plan, new Set());
  if (outcome.stops.length > 0) throw new ExpectedError('invalid_input', outcome.stops.map(({ sentence }) => sentence).join(' '), { details: { stops: outcome.stops } });

  const obstacle = notAdded(plan);
  if (obstacle !== null && outcome.masks === 0) throw new ExpectedError('invalid_input', `${obstacle} Nothing was imported.`);

  const total = outcome.masks;
  const made: MadeRevision[] = [];
  let done = 0;
  yield { kind: 'progress', phase: 'masks', done, total };
  const { reader, format, source } = inspection.read;
  const revisions = inOrder(wanted(reader.images(), plan.images), imagesAtATime, ({ image, planned }) => makeRevision(image, planned, inspection, parts), signal);
  for await (const one of revisions) {
    if (one !== null) made.push(one);
    yield { kind: 'progress', phase: 'masks', done: ++done, total };
  }
  if (done !== total) throw new ExpectedError('annotations_invalid', 'The source has changed since it was looked at. Look at it again.');

  const photos = made.flatMap(({ photo }) => (photo === null ? [] : [photo]));
  const skipped = countSkips(plan.images);
  const nothingNew: MaskImportProgress = { kind: 'finished', importId: null, imported: 0, becameHead: 0, added: 0, same: total, skipped };
  if (made.length === 0) {
    yield nothingNew;
    return;
  }
  await clearAbandoned(parts);
  const importId = asId<ImportId>(clock.uuid());
  const newRevisions = made.map(({ revision }) => revision);
  const placed: ImportedPhoto[] = [];
  let isIn = false;
  try {
    if (photos.length > 0) {
      for await (const photo of placePhotos(importId, photos, inspection, parts, signal)) {
        placed.push(photo);
        yield { kind: 'progress', phase: 'photos', done: placed.length, total: photos.length };
      }
    }
    throwIfCancelled(signal);
    yield { kind: 'progress', phase: 'saving', done: 0, total: made.length };
    const { becameHead, beside, added } = await store.revisions.addImported(importId, newRevisions, signal, placed);
    const imported = becameHead.length + beside.length;
    if (imported === 0) {
      yield nothingNew;
      return;
    }
    isIn = true;
    for (const { asset, widthPx, heightPx } of newRevisions) {
      const standing = await store.assets.get(asset);
      if (standing !== null && standing.widthPx === null) await store.assets.setSize(asset, widthPx, heightPx);
    }
    await removeUnused(placed, added, parts);
    const same = total - imported;
    events.assetsChanged([...becameHead, ...beside]);
    await store.audit.append({ kind: 'import', who: reviewer(), asset: null, details: { masks: imported, import_id: importId, format: format.id, source: source.name, became_head: becameHead.length, added: added.length, same } });
    yield { kind: 'finished', importId, imported, becameHead: becameHead.length, added: added.length, same, skipped };
  } finally {
    // However it ended, also where nobody listens any more.
    if (!isIn && photos.length > 0) await clearPlaced(importId, parts);
  }
}
