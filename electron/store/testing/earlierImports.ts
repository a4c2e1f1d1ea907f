import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { importedRevision } from './importedContract.ts';
import { frame1, frame2, image1, image2, modelRevision, seedCatalog, verdictInput } from './samples.ts';
import type { TestClock } from './testClock.ts';

/** Imports as a store holds them that was made before imports were things of their own: heads and beside, taken back and not. */
export const fillWithImports = async (store: Store, clock: TestClock): Promise<void> => {
  await seedCatalog(store);
  const bring = (importId: string, asset: AssetRef) => store.revisions.addImported(asId(importId), [importedRevision(asset)]);
  const takeBack = async (importId: string, by: string): Promise<void> => {
    clock.advance(1000);
    await store.revisions.undoImport(asId(importId), by);
    await store.audit.append({ kind: 'import', who: by, asset: null, details: { undone_import_id: importId } });
  };
  const approved = async (asset: AssetRef): Promise<void> => {
    const { revision } = await store.revisions.addCandidate(modelRevision(asset));
    await store.review.recordVerdict(verdictInput(asset, 'approve', revision.revisionId));
  };
  for (const importId of ['head, back', 'head after another, back']) {
    await bring(importId, image1);
    await takeBack(importId, 'lea');
  }
  await approved(image2);
  await bring('beside, back', image2);
  await takeBack('beside, back', 'ada');
  await bring('head, then back, on an unmasked frame', frame1);
  await takeBack('head, then back, on an unmasked frame', 'lea');
  await bring('head, then a model\'s', frame1);
  await store.revisions.addCandidate(modelRevision(frame1));
  await approved(frame2);
  await bring('waits', frame2);
};

/** All that is known of imports and of what waits of them. */
export const importsSeen = async (store: Store) => ({
  imports: await store.revisions.imports(20),
  beside: await Promise.all([image1, image2, frame1, frame2].map(async (asset) => (await store.revisions.ofAsset(asset)).map(({ beside }) => beside ?? null))),
});
