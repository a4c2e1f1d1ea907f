import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asId, type AssetId, type ImportId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import type { App } from './createApp.ts';
import { ExportRig, oddMask } from './testing/exportRig.ts';
import { headMasks, look, openStore, takeIn } from './testing/maskImports.ts';

let rig: ExportRig;
let folder: string;
let other: App;
const storeDir = (): string => join(folder, 'store');
const source = (): string => join(rig.folder, 'out');

beforeEach(async () => {
  rig = await ExportRig.make([1, 2, 3].map((number) => ({ id: `a${number}`, mask: oddMask(number) })).concat([{ id: 'f', mask: oddMask(4) }].map((frame) => ({ ...frame, videoId: 'v' }))));
  await rig.export('out', { withPhotos: true });
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-imported-photos-'));
  other = await openStore(storeDir());
});
afterEach(async () => {
  await other.close();
  await rig.dispose();
  await rm(folder, { recursive: true });
});

const photoFiles = async (): Promise<string[]> => {
  const entries = await readdir(join(storeDir(), 'data/images'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name).sort();
};
const jobs = () => other.services.store.catalog.jobs();

test('stopped while photos are stored, nothing of it is there: no photo, no product, no job, no file', async () => {
  for (const stopAt of ['photos', 'saving'] as const) {
    const { inspectionId } = await look(other, source(), { unknown: 'add' });
    const stop = new AbortController();
    const run = async (): Promise<void> => {
      for await (const step of other.services.maskImports.apply(inspectionId, { unknown: 'add' }, stop.signal)) if (step.kind === 'progress' && step.phase === stopAt) stop.abort();
    };
    await expect(run()).rejects.toMatchObject({ kind: 'cancelled' });
    expect([await headMasks(other), await jobs(), await photoFiles()]).toEqual([new Map(), [], []]);
  }
  // A listener that is gone, as a closed window is.
  const { inspectionId } = await look(other, source(), { unknown: 'add' });
  for await (const step of other.services.maskImports.apply(inspectionId, { unknown: 'add' })) if (step.kind === 'progress' && step.phase === 'photos' && step.done === 2) break;
  expect([await headMasks(other), await jobs(), await photoFiles()]).toEqual([new Map(), [], []]);
});

test('where the last photo can’t be read, none of the others came in', async () => {
  const { inspectionId } = await look(other, source(), { unknown: 'add' });
  await rm(join(source(), 'images/product-a3.png'));
  const run = async (): Promise<void> => {
    for await (const step of other.services.maskImports.apply(inspectionId, { unknown: 'add' })) expect(step.kind).toBe('progress');
  };
  await expect(run()).rejects.toMatchObject({ code: 'file_unreadable' });
  expect([await headMasks(other), await jobs(), await photoFiles()]).toEqual([new Map(), [], []]);
});

test('killed at any moment, all is there or nothing, and what its photos left is cleared away by the next', async () => {
  await other.close();
  for (const until of ['photos', 'saving']) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'importMasksUntilKilled.ts'), storeDir(), source()], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', () => resolve());
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes(until)) child.kill('SIGKILL');
      });
    });
    other = await openStore(storeDir());
    const masks = await headMasks(other);
    expect([0, 4]).toContain(masks.size);
    expect([...masks.values()]).not.toContain(null);
    expect((await jobs()).length).toBe(masks.size === 0 ? 0 : 1);
    await other.close();
  }
  other = await openStore(storeDir());
  await takeIn(other, source(), { unknown: 'add' });
  expect(await headMasks(other)).toEqual(await headMasks(rig.app));
  // As if it had been killed long ago.
  const dead = asId<ImportId>('dead-import');
  await other.services.store.importedPhotos.begin(dead, -1);
  await other.blobs.put(`data/images/products/${dead}/left.png`, Uint8Array.of(1));
  const { importId } = await takeInAgain();
  expect(await photoFiles()).not.toContain('left.png');
  // Also where nothing else comes in.
  const killed = asId<ImportId>('killed-import');
  await other.services.store.importedPhotos.begin(killed, -1);
  await other.blobs.put(`data/images/frames/${killed}/left.png`, Uint8Array.of(1));
  await other.recover();
  expect(await photoFiles()).not.toContain('left.png');
  await other.services.maskImports.undo(present(importId, 'the import'));
});

test('killed after its rows were taken back and before its files were: the next start removes them, and none that stand', async () => {
  const { importId } = await takeIn(other, source(), { unknown: 'add' });
  const { store, review } = other.services;
  const asset = { kind: 'product_image' as const, id: asId<AssetId>('a1') };
  await review.approve({ asset, expectedHead: (await store.assets.get(asset))?.headRevisionId ?? null, maskSha256: null });
  const id = present(importId, 'the import');
  await store.revisions.undoImport(id, 'lea');
  for await (const { removed } of store.importedPhotos.takeBack(id)) expect(removed).toHaveLength(3);
  expect(await photoFiles()).toHaveLength(4);
  await other.close();
  other = await openStore(storeDir());
  await other.replay();
  expect(await photoFiles()).toEqual(['a1.png']);
  // Nor the folder of the keyframes, in which nothing is left.
  expect(await readdir(join(storeDir(), 'data/images/frames'))).toEqual([]);
  expect(await abandoned()).toEqual([]);
});
const abandoned = () => other.services.store.importedPhotos.abandoned();

/** The same under another job, after all of it was taken back. */
const takeInAgain = async () => {
  const { rows } = await importsSoFar();
  for (const importId of rows) await other.services.maskImports.undo(importId);
  expect([await headMasks(other), await jobs()]).toEqual([new Map(), []]);
  return takeIn(other, source(), { unknown: 'add' });
};
const importsSoFar = async (): Promise<{ rows: readonly ImportId[] }> => {
  const trail = await other.services.store.audit.page({ sinceMs: null, untilMs: null }, null, 1000);
  return { rows: trail.flatMap(({ kind, details }) => (kind === 'import' && typeof details['import_id'] === 'string' ? [asId<ImportId>(details['import_id'])] : [])) };
};

test('taken back, its photos are gone with their files; what somebody has judged stays, with the reason', async () => {
  const { importId } = await takeIn(other, source(), { unknown: 'add' });
  const { store, review, maskImports } = other.services;
  const asset = { kind: 'product_image' as const, id: asId<AssetId>('a1') };
  await review.approve({ asset, expectedHead: (await store.assets.get(asset))?.headRevisionId ?? null, maskSha256: null });
  const { restored, photosRemoved, photosKept } = await maskImports.undo(present(importId, 'the import'));
  expect([restored, photosRemoved.length, photosKept]).toEqual([[], 3, [{ asset, reason: 'person' }]]);
  expect([...(await headMasks(other)).keys()]).toEqual(['a1']);
  expect(await photoFiles()).toEqual(['a1.png']);
  await expect(maskImports.undo(present(importId, 'the import'))).rejects.toMatchObject({ code: 'nothing_to_undo' });
  // And what is missing comes in again.
  expect(await takeIn(other, source(), { unknown: 'add' })).toMatchObject({ imported: 3, added: 3, same: 1 });
  expect(await headMasks(other)).toEqual(await headMasks(rig.app));
});
