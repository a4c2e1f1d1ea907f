import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../electron/app/config.ts';
import { createApp } from '../electron/app/createApp.ts';
import { sha256Hex } from '../electron/base/hash.ts';
import { encodeJpeg } from '../electron/imaging/index.ts';
import { maskBlobKey } from '../shared/domain/blobKeys.ts';
import { emptyBitmap } from '../shared/mask/bitmap.ts';
import { fillStoreSql } from './queue/fillStore.ts';
import { pageMemory, processesOf } from './window/memory.ts';
import { openBenchWindow } from './window/openBenchWindow.ts';
import { makePhotoStore } from './window/photoStore.ts';
import { megabytes, say, sayMachine } from './window/statistics.ts';

/** Memory of all of the app's processes with a queue of 10,000 items that was scrolled and a photo of 24 MP open; no model loaded. Aim: 600 MB. */
const items = 10_000;
const aimBytes = 600 * 2 ** 20;
const [widthPx, heightPx] = [1600, 1200];

const fill = async (storeDir: string): Promise<void> => {
  const app = await createApp({ ...(await loadConfig({ storeDir, create: true })), background: false });
  const png = await app.codec.encodeMask(emptyBitmap(widthPx, heightPx));
  const digest = sha256Hex(png);
  await app.blobs.put(maskBlobKey(digest), png);
  await app.close();
  const grey = new Uint8Array(widthPx * heightPx * 3).fill(128);
  await mkdir(join(storeDir, 'data', 'images'), { recursive: true });
  await writeFile(join(storeDir, 'data', 'images', 'photo.png'), await encodeJpeg({ widthPx, heightPx, data: grey }, 80));
  const database = new DatabaseSync(join(storeDir, 'maskdesk.db'));
  try {
    database.exec(fillStoreSql(items, digest, Date.now()));
  } finally {
    database.close();
  }
};

const photos = await makePhotoStore({ photos: 1, widthPx: 6000, heightPx: 4000, fill });
try {
  const window = await openBenchWindow({ storeDir: photos.storeDir });
  const { app, page, cdp } = window;
  try {
    const row = page.getByTestId('queue-row');
    await row.first().waitFor();
    const list = await page.getByRole('navigation', { name: 'Queue' }).boundingBox();
    if (list === null) throw new Error('there is no queue');
    await page.mouse.move(list.x + list.width / 2, list.y + list.height * 0.7);
    for (let turn = 0; turn < 60; turn++) {
      await page.mouse.wheel(0, 2000);
      await sleep(50);
    }
    await page.getByPlaceholder('Find by id or title').fill(photos.assetIds[0] ?? '');
    // The list answers a moment after the last letter.
    await page.locator(`[data-testid="queue-row"][data-asset-id=${JSON.stringify(photos.assetIds[0])}]`).click();
    await page.locator(`[data-active="true"][data-status="ready"][data-asset-id=${JSON.stringify(photos.assetIds[0])}]`).waitFor();
    await sleep(5000);
    const { heapBytes } = await pageMemory(app, cdp);
    const processes = await processesOf(app);
    const total = processes.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(`\nMemory: ${items} items in the queue, a photo of 24 MP open, no model loaded`);
    sayMachine();
    for (const { name, type, bytes } of processes) say(name === type ? type : `${type}: ${name}`, megabytes(bytes));
    say('the page’s heap and array buffers', megabytes(heapBytes));
    say(process.platform === 'linux' ? 'all together, private pages' : 'all together, working sets', megabytes(total), `aim 600 MB: ${total <= aimBytes ? 'met' : 'MISSED'}`);
  } finally {
    await window.close();
  }
} finally {
  await photos.remove();
}
