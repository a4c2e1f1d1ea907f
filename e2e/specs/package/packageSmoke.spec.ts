import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createPackagedApp, readEvents } from '../../services/packagedApp.ts';

/** The main job in the packaged app: a mask made by its own inference process, approved in its window, found where the pipeline expects it. */
let folder: string;
let storeDir: string;
let app: ReturnType<typeof createPackagedApp>;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-packaged-'));
  storeDir = join(folder, 'store');
  const template = process.env['MASKDESK_DEMO_TEMPLATE'];
  if (template === undefined) throw new Error('MASKDESK_DEMO_TEMPLATE is not set: run npm test, which makes the demo store');
  await cp(template, storeDir, { recursive: true });
  app = createPackagedApp(join(folder, 'data'));
});
test.afterEach(async () => {
  await app.dispose();
  // Its helpers end a moment after it.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

interface AssetLine {
  readonly asset_id: string;
  readonly state: string;
  readonly masked_local_path: string | null;
}

test('segment on the command line, approve in the window, find PNG, path and event', async () => {
  const parsed = async (...args: readonly string[]): Promise<readonly AssetLine[]> => (await app.runCli(...args, '--json', '--store', storeDir)).map((line) => JSON.parse(line) as AssetLine);

  const [first] = await parsed('queue', '--kind', 'products', '--limit', '1');
  if (first === undefined) throw new Error('the demo store is empty');
  expect((await parsed('segment', first.asset_id)).find((line) => line.asset_id === first.asset_id)?.state).toBe('to_review');

  const { page, quit } = await app.openWindow(storeDir);
  await page.getByTestId('queue-row').first().click();
  await expect(page.getByTestId('approve')).toBeEnabled();
  await page.getByTestId('approve').click();
  await expect.poll(async () => (await readEvents(storeDir)).length, { timeout: 20_000 }).toBe(1);
  const { code, errors } = await quit();
  expect(code).toBe(0);
  // sharp and Electron each have a GLib on Linux; where they meet, this is the first sign (scripts/bootstrap/sharpBesideElectron.mjs).
  expect(errors).not.toContain('GLib-GObject-CRITICAL');

  const [event] = await readEvents(storeDir);
  const maskPath = String(event?.['mask_path']);
  expect(event?.['image_id']).toBe(first.asset_id);
  expect(maskPath).toMatch(/^data\/masks\/products\/.+\.png$/);
  const approved = (await parsed('queue', '--state', 'approved')).find((line) => line.asset_id === first.asset_id);
  expect(approved?.masked_local_path).toBe(maskPath);
  const png = await readFile(join(storeDir, maskPath));
  // The IHDR of an 8-bit, one-channel PNG (W3C PNG, 11.2.1): bit depth 8, colour type 0.
  expect([png[24], png[25]]).toEqual([8, 0]);
});
