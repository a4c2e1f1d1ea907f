import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../app/config.ts';
import { createApp } from '../app/createApp.ts';
import { asOrdinaryUser } from '../base/testing/asOrdinaryUser.ts';
import { sha256Hex } from '../base/hash.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import { runCommand } from './context.ts';
import { makeCrashStore } from './crash/makeStore.ts';
import { photoHeightPx, photoWidthPx } from './crash/protocol.ts';
import { runCli, type CliRun } from './testing/runCli.ts';

let folder: string;
let storeDir: string;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-cli-'));
  await chmod(folder, 0o755);
  storeDir = join(folder, 'store');
  env = { MASKDESK_STORE: storeDir, MASKDESK_CACHE: join(folder, 'cache'), MASKDESK_DATA: join(folder, 'data') };
});
afterEach(async () => {
  await chmod(storeDir, 0o755).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

const settings = async (values: unknown): Promise<void> => {
  await mkdir(storeDir, { recursive: true });
  await writeFile(join(storeDir, 'maskdesk.json'), typeof values === 'string' ? values : JSON.stringify(values));
};

const approveAll = async (): Promise<void> => {
  const app = await createApp(await loadConfig({ storeDir, background: false }));
  const { store, pixels, review } = app.services;
  const mask = emptyBitmap(photoWidthPx, photoHeightPx);
  mask.data.fill(255, 0, 5000);
  for (const asset of (await store.assets.list({ limit: 100 })).assets) {
    const { maskSha256 } = await pixels.uploadMask(asset, encodeRle(mask));
    await review.approve({ asset, expectedHead: null, maskSha256 });
  }
  await app.publisher.drain();
  await app.close();
};

const checks = ({ records }: CliRun): Record<string, unknown> => Object.fromEntries(records.map(({ check, status }) => [String(check), status] as const));

describe('doctor', () => {
  it('tells what is wrong with the settings and looks at everything else', async () => {
    await makeCrashStore(storeDir, 1);
    await settings({ threshold: 7, model: 'u2netp' });
    const run = await runCli(['doctor'], { ...env, MASKDESK_THREADS: 'many' });
    expect(run.exitCode).toBe(1);
    expect(run.records.filter(({ check }) => check === 'settings')).toMatchObject([
      { status: 'failed', message: expect.stringContaining('threshold') as string },
      { status: 'failed', message: expect.stringContaining("'many'") as string },
    ]);
    expect(checks(run)).toMatchObject({ store: 'ok', publications: 'ok', 'cache folder': 'ok', 'weights u2netp': 'warning' });
    await settings('{ broken');
    expect(checks(await runCli(['doctor'], env))).toMatchObject({ settings: 'failed', store: 'ok' });
  });

  it("changes nothing in a pipeline's store", async () => {
    await settings({ databaseFile: 'pipeline.db' });
    const database = new DatabaseSync(join(storeDir, 'pipeline.db'));
    database.exec('create table product_images (img_id text primary key, local_path text not null)');
    database.close();
    const digest = async (): Promise<string> => sha256Hex(await readFile(join(storeDir, 'pipeline.db')));
    const before = await digest();
    const run = await runCli(['doctor'], env);
    expect(run.records.find(({ check }) => check === 'store')).toMatchObject({ status: 'warning', fix: expect.stringContaining('maskdesk init') as string });
    expect(await digest()).toBe(before);
    expect((await readdir(storeDir)).sort()).toEqual(['maskdesk.json', 'pipeline.db']);
  });
});

describe('commands that only list', () => {
  it('show a store that may only be read, and make no file in it', async () => {
    await makeCrashStore(storeDir, 2);
    await approveAll();
    const before = (await readdir(storeDir)).sort();
    for (const name of before) await chmod(join(storeDir, name), name.includes('.') ? 0o444 : 0o555);
    await chmod(storeDir, 0o555);
    let [assets, events] = [0, 0];
    await asOrdinaryUser(folder, async () => {
      const exitCode = await runCommand({ store: storeDir, json: true }, new AbortController().signal, async ({ openToRead }) => {
        const { store } = (await openToRead()).services;
        assets = (await store.assets.counts()).approved;
        events = (await store.outbox.list()).length;
      });
      expect(exitCode).toBe(0);
    });
    expect([assets, events]).toEqual([2, 2]);
    expect((await readdir(storeDir)).sort()).toEqual(before);
  });

  it('take in what the pipeline has added where they may write', async () => {
    await makeCrashStore(storeDir, 1);
    const database = new DatabaseSync(join(storeDir, 'maskdesk.db'));
    database.exec("insert into product_images (img_id, product_id, local_path) values ('late', 'product', 'data/images/products/late.jpg')");
    database.close();
    const { records } = await runCli(['queue'], env);
    expect(records.map(({ asset_id }) => asset_id)).toContain('late');
    expect(await readdir(storeDir)).not.toContain('events.jsonl');
  });
});

it('each asset that a command fails for is one line with its id', async () => {
  await makeCrashStore(storeDir, 1);
  const fails = async (args: readonly string[], expected: readonly object[]): Promise<void> => {
    const { exitCode, records } = await runCli(args, env);
    expect(exitCode).toBe(1);
    expect(records).toMatchObject(expected);
    for (const record of records) expect(Object.keys(record).sort()).toEqual(['asset_id', 'error']);
  };
  const missing = { asset_id: 'none', error: { code: 'not_found', message: expect.stringMatching(/\.$/) as string } };
  await fails(['approve', 'none', "photo/0 'é'"], [missing, { asset_id: "photo/0 'é'", error: { code: 'no_mask' } }]);
  await fails(['reject', 'none', '--reason', 'holes'], [missing]);
});

describe('the store that is meant', () => {
  it('is the one that models is told, too', async () => {
    await settings({ model: 'u2netp' });
    const defaults = async (args: readonly string[]) => (await runCli(['models', 'list', ...args], { ...env, MASKDESK_STORE: '' })).records.filter((record) => record['default']).map(({ model }) => model);
    expect(await defaults(['--store', storeDir])).toEqual(['u2netp']);
    expect(await defaults([])).toEqual(['isnet-quint8']);
  });

  it('is never the working folder by an empty name', async () => {
    expect(await runCli(['queue', '--store', ''], env)).toMatchObject({ exitCode: 2, records: [{ error: { code: 'usage' } }] });
  });
});

it('demo-run says where the PNG is under a data root elsewhere, and makes its sheet past bad photos', async () => {
  const dataRoot = join(folder, 'elsewhere');
  await settings({ dataRoot });
  await makeCrashStore(storeDir, 3);
  await approveAll();
  await writeFile(join(dataRoot, 'data/images/products/1.png'), 'no picture at all');
  await rm(join(dataRoot, 'data/images/products/2.png'));
  const { exitCode, records } = await runCli(['demo-run'], env);
  expect(exitCode).toBe(0);
  const { png, contact_sheet: sheet, masked_local_path: path } = records.at(-1) as Record<string, string>;
  expect(png).toBe(join(dataRoot, path as string));
  for (const file of [png, sheet]) expect((await stat(file as string)).size).toBeGreaterThan(100);
});

it('approves once: asked again it sends nothing, and undo takes that one approval back', async () => {
  await makeCrashStore(storeDir, 1);
  await approveAll();
  const again = await runCli(['approve', "photo/0 'é'"], env);
  expect([again.exitCode, again.records]).toMatchObject([0, [{ asset_id: "photo/0 'é'", state: 'approved', already: true, event_ids: [] }]]);
  expect((await runCli(['events'], env)).records).toHaveLength(1);
  const undone = await runCli(['undo', '--reviewer', (await loadConfig({ storeDir })).reviewer], env);
  expect(undone.records).toMatchObject([{ state: 'to_review', masked_local_path: null }]);
});
