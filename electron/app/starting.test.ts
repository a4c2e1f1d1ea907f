import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asOrdinaryUser } from '../base/testing/asOrdinaryUser.ts';
import { createApp } from './createApp.ts';
import { loadConfig } from './config.ts';

let folder: string;
let storeDir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-starting-'));
  storeDir = join(folder, 'store');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = async (background: boolean) => createApp(await loadConfig({ storeDir, create: true, reviewer: 'ana', background }));

test('starts over a data root with a folder that it may not read, and clears up where it may', async () => {
  const left = 'a.png.maskdesk-4194305-00000000-0000-4000-8000-000000000000.tmp';
  for (const key of ['data/pipeline', 'data/masks/products', 'data/masks/frames', 'data/images/products', 'data/maskdesk/masks/ab', 'backups']) {
    await mkdir(join(storeDir, key), { recursive: true });
    await writeFile(join(storeDir, key, left), 'half');
  }
  await chmod(join(storeDir, 'data/pipeline'), 0);
  await chmod(join(storeDir, 'data/masks/frames'), 0);
  await asOrdinaryUser(folder, async () => {
    const app = await start(true);
    await app.close();
    const again = await start(false);
    await expect(again.replay()).resolves.toMatchObject({ problems: [] });
    await expect(again.recover()).resolves.toMatchObject({ temporariesRemoved: 0 });
    await again.close();
  });
  for (const key of ['data/pipeline', 'data/masks/frames']) await chmod(join(storeDir, key), 0o700);
  const kept = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.tmp'));
  expect(kept.map((path) => path.slice('store/'.length, -left.length - 1)).sort()).toEqual(['data/masks/frames', 'data/pipeline']);
});
