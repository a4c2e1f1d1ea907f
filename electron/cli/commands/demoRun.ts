import { join } from 'node:path';
import type { App } from '../../app/createApp.ts';
import { makeContactSheet, type ContactSheetRow } from '../../app/demo.ts';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes, type Output } from '../output.ts';
import { ensureWeights, runSegmentation } from './segment.ts';

const sheetName = 'contact-sheet.png';
const columnWidthPx = 240;
/** A sheet is to be looked at; a large store's first pictures are enough. */
const maxRows = 60;
/** Masks that can't be approved (their file is lost, say) are passed over; a store of such masks alone is not searched to its end. */
const maxTried = 20;

/** A row for any asset: a picture or a mask that can't be had leaves its place empty and says why. */
const rowOf = async (app: App, asset: Asset): Promise<ContactSheetRow> => {
  const head = asset.headRevisionId === null ? null : await app.services.store.revisions.get(asset.headRevisionId);
  const notes = [asset.state.replace('_', ' '), head?.author ?? ''].filter(Boolean);
  const orNote = async (read: () => Promise<Uint8Array>): Promise<Uint8Array | null> => {
    try {
      return await read();
    } catch (error) {
      if (!isExpected(error)) throw error;
      notes.unshift(error.message);
      return null;
    }
  };
  const photo = await orNote(async () => app.blobs.get(app.blobs.keyOfPath(asset.localPath)));
  const mask = head === null ? null : await orNote(() => app.blobs.get(maskBlobKey(head.maskSha256)));
  return { photo, mask, label: asset.id, note: notes.join(' '), orientation: app.config.settings.maskOrientation };
};

const writeContactSheet = async (app: App): Promise<string> => {
  const { assets } = await app.services.store.assets.list({ sort: 'product', limit: maxRows });
  const rows: ContactSheetRow[] = [];
  for (const asset of assets) rows.push(await rowOf(app, asset));
  const path = join(app.config.storeDir, sheetName);
  await writeFileAtomic(path, await makeContactSheet(rows, { columnWidthPx, across: 2 }));
  return path;
};

/** Approves the first item that waits for review; an item that is approved already serves as well. */
const approveOne = async (app: App, output: Output): Promise<Asset> => {
  const { store, review } = app.services;
  const { assets: [approved] } = await store.assets.list({ filter: { states: ['approved'] }, sort: 'product', limit: 1 });
  if (approved !== undefined) return approved;
  const { assets: waiting } = await store.assets.list({ filter: { states: ['to_review'] }, sort: 'product', limit: maxTried });
  for (const asset of waiting) {
    try {
      await review.approve({ asset, expectedHead: asset.headRevisionId, maskSha256: null });
    } catch (error) {
      if (!isExpected(error)) throw error;
      output.note(`${asset.id} was not approved: ${error.message}`);
      continue;
    }
    const { problems } = await app.publisher.drain();
    problems.forEach(output.note);
    return (await store.assets.get(asset)) ?? asset;
  }
  throw new ExpectedError('no_mask', 'Nothing in this store has a mask that could be approved.');
};

export const registerDemoRun = (add: AddCommand): void => {
  const { run } = add('demo-run', 'the main job without a window: segment what has no mask, approve one item, write a contact sheet');
  run(async ({ output, openApp, signal }) => {
    const app = await openApp({ background: true });
    const { store } = app.services;
    const { unsegmented } = await store.assets.counts();
    if (unsegmented > 0) {
      await ensureWeights(app, app.config.defaultModelId, output, signal);
      await runSegmentation(app, output, { signal });
    }
    if (signal.aborted) return exitCodes.interrupted;
    const before = (await store.assets.counts()).approved;
    const asset = await approveOne(app, output);
    const events = (await store.publications.ofAsset(asset)).flatMap((publication) => publication.events.map((event) => event.eventId));
    const sheet = await writeContactSheet(app);
    const eventsFile = join(app.config.storeDir, 'events.jsonl');
    const png = asset.maskedLocalPath === null ? null : join(app.blobs.location, app.blobs.keyOfPath(asset.maskedLocalPath));
    output.answer(
      { asset_id: asset.id, kind: asset.kind, state: asset.state, masked_local_path: asset.maskedLocalPath, png, event_ids: events, events_file: eventsFile, contact_sheet: sheet, store: app.config.storeDir },
      [
        '',
        `${before > 0 ? 'Approved already (nothing is approved twice)' : 'Approved'}: ${asset.id}`,
        `  mask PNG           ${png ?? 'not published yet'}`,
        `  masked_local_path  ${asset.maskedLocalPath ?? 'not set yet'}  (in ${store.location})`,
        `  event              ${events.at(-1) ?? 'none'}  (in ${eventsFile})`,
        `  contact sheet      ${sheet}  (photo, mask, overlay)`,
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};
