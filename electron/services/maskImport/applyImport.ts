import type { MaskImportProgress } from '../../../shared/contracts/rpc/maskImports.ts';
import type { SomeDecisions } from '../../../shared/domain/importDecisions.ts';
import { asId, type ImportId } from '../../../shared/domain/ids.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { AnnotatedImage } from '../../../shared/ports/importFormat.ts';
import { inOrder } from '../export/inOrder.ts';
import { addPhotos } from './addPhotos.ts';
import type { Inspection } from './inspection.ts';
import { makeRevision, type MadeRevision, type PlannedMask } from './makeRevision.ts';
import type { MaskImportParts } from './parts.ts';
import { notAdded } from './notAdded.ts';
import { planImport, type PlannedImage } from './planImport.ts';
import { countSkips, outcomeOf } from './preview.ts';
import { imagesAtATime } from './readSource.ts';
import { refOf } from './records.ts';

const isMask = (planned: PlannedImage | undefined): planned is PlannedMask => planned?.skip === null;

async function* wanted(images: AsyncIterable<AnnotatedImage>, planned: readonly PlannedImage[]): AsyncGenerator<{ readonly image: AnnotatedImage; readonly planned: PlannedMask }> {
  let number = 0;
  for await (const image of images) {
    const one = planned[number++];
    if (isMask(one)) yield { image, planned: one };
  }
}

/**
 * Masks as blobs first, then the photos that are to be added, then all versions in one transaction: until that one nothing of the import can be seen but photos.
 * @throws ExpectedError invalid_input where something must be decided first; as makeRevision, addPhotos and RevisionStore.addImported; CancelledError
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
  const same = total - made.length;
  const skipped = countSkips(plan.images);
  let added = 0;
  try {
    for await (const _photo of addPhotos(photos, inspection, parts, signal)) yield { kind: 'progress', phase: 'photos', done: ++added, total: photos.length };
    throwIfCancelled(signal);
    if (made.length === 0) {
      yield { kind: 'finished', importId: null, imported: 0, becameHead: 0, added: 0, same, skipped };
      return;
    }
    yield { kind: 'progress', phase: 'saving', done: 0, total: made.length };
    const importId = asId<ImportId>(clock.uuid());
    const newRevisions = made.map(({ revision }) => revision);
    const { becameHead } = await store.revisions.addImported(importId, newRevisions, signal);
    for (const { asset, widthPx, heightPx } of newRevisions) {
      const standing = await store.assets.get(asset);
      if (standing !== null && standing.widthPx === null) await store.assets.setSize(asset, widthPx, heightPx);
    }
    events.assetsChanged(newRevisions.map(({ asset }) => asset));
    await store.audit.append({ kind: 'import', who: reviewer(), asset: null, details: { masks: made.length, import_id: importId, format: format.id, source: source.name, became_head: becameHead.length, added, same } });
    yield { kind: 'finished', importId, imported: made.length, becameHead: becameHead.length, added, same, skipped };
  } catch (error) {
    if (added > 0) events.assetsChanged(photos.slice(0, added).map(refOf));
    throw error;
  }
}
