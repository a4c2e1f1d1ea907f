import { join } from 'node:path';
import type { App } from '../../app/createApp.ts';
import { makeContactSheet, type ContactSheetRow } from '../../app/demo.ts';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes, type Output } from '../output.ts';
import { ensureWeights, runSegmentation } from './segment.ts';

const sheetName = 'contact-sheet.png';
const columnWidthPx = 240;
/** A sheet is to be looked at; a large store's first pictures are enough. */
const maxRows = 60;

const rowOf = async (app: App, asset: Asset): Promise<ContactSheetRow> => {
  const head = asset.headRevisionId === null ? null : await app.services.store.revisions.get(asset.headRevisionId);
  return {
    photo: await app.blobs.get(app.blobs.keyOfPath(asset.localPath)),
    mask: head === null ? null : await app.blobs.get(maskBlobKey(head.maskSha256)),
    label: asset.id,
    note: [asset.state.replace('_', ' '), head?.author ?? ''].filter(Boolean).join(' '),
    orientation: app.config.settings.maskOrientation,
  };
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
  const first = async (state: 'approved' | 'to_review'): Promise<Asset | undefined> =>
    (await store.assets.list({ filter: { states: [state] }, sort: 'product', limit: 1 })).assets[0];
  const approved = await first('approved');
  if (approved !== undefined) return approved;
  const waiting = await first('to_review');
  if (waiting === undefined) throw new ExpectedError('no_mask', 'Nothing in this store has a mask that could be approved.');
  await review.approve({ asset: waiting, expectedHead: waiting.headRevisionId, maskSha256: null });
  const { problems } = await app.publisher.drain();
  problems.forEach(output.note);
  return (await store.assets.get(waiting)) ?? waiting;
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
    const asset = await approveOne(app, output);
    const events = (await store.publications.ofAsset(asset)).flatMap((publication) => publication.events.map((event) => event.eventId));
    const sheet = await writeContactSheet(app);
    const eventsFile = join(app.config.storeDir, 'events.jsonl');
    const png = asset.maskedLocalPath === null ? null : join(app.config.storeDir, app.config.settings.dataRoot, app.blobs.keyOfPath(asset.maskedLocalPath));
    output.answer(
      { asset_id: asset.id, kind: asset.kind, state: asset.state, masked_local_path: asset.maskedLocalPath, png, event_ids: events, events_file: eventsFile, contact_sheet: sheet, store: app.config.storeDir },
      [
        '',
        `Approved: ${asset.id}`,
        `  mask PNG           ${png ?? 'not published yet'}`,
        `  masked_local_path  ${asset.maskedLocalPath ?? 'not set yet'}  (in ${store.location})`,
        `  event              ${events.at(-1) ?? 'none'}  (in ${eventsFile})`,
        `  contact sheet      ${sheet}  (photo, mask, overlay)`,
      ].join('\n'),
    );
    return exitCodes.ok;
  });
};
