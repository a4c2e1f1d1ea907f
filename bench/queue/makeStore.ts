import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../electron/app/config.ts';
import { createApp, type App } from '../../electron/app/createApp.ts';
import { sha256Hex } from '../../electron/base/hash.ts';
import { changeDatabase } from '../../electron/store/testing/changeDatabase.ts';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { fillStoreSql } from './fillStore.ts';

const openApp = async (storeDir: string): Promise<App> => createApp(await loadConfig({ storeDir, create: true, reviewer: 'Ana', background: false }));

/** A store with that many assets, opened by the app. All masks are one blob: publishing copies it to each one's place. */
export const makeStore = async (storeDir: string, assets: number): Promise<App> => {
  await mkdir(storeDir, { recursive: true });
  const empty = await openApp(storeDir);
  const mask = emptyBitmap(1600, 1200);
  mask.data.fill(255, 200_000, 600_000);
  const png = await empty.codec.encodeMask(mask);
  const maskSha256 = sha256Hex(png);
  await empty.blobs.put(maskBlobKey(maskSha256), png);
  await empty.close();
  changeDatabase(join(storeDir, 'maskdesk.db'), fillStoreSql(assets, maskSha256, Date.now()));
  return openApp(storeDir);
};
