import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';

/** Smooth, so that making it is quick; large all the same. */
const writePhoto = async (path: string, widthPx: number, heightPx: number): Promise<void> => {
  const gradient = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><defs><linearGradient id="g"><stop stop-color="#243"/><stop offset="1" stop-color="#dba"/></linearGradient></defs><rect width="60" height="40" fill="url(#g)"/><circle cx="30" cy="20" r="9" fill="#b33"/></svg>');
  await sharp(gradient, { limitInputPixels: false }).resize(widthPx, heightPx, { kernel: 'nearest' }).jpeg({ quality: 70 }).toFile(path);
};

test('24 megapixels open as a preview and then whole; 100 within the limit open, beyond it the limit is named', async ({ workFolder, openDesk }) => {
  const photos = join(workFolder, 'photos');
  const store = join(workFolder, 'large');
  await mkdir(photos, { recursive: true });
  await writePhoto(join(photos, 'a24.jpg'), 6000, 4000);
  await writePhoto(join(photos, 'b96.jpg'), 12_000, 8000);
  await runCli('init', '--store', store);
  await runCli('import', photos, '--kind', 'products', '--store', store);

  await test.step('the preview comes first, every pixel after it', async () => {
    const { app, desk } = await openDesk({ storeDir: store });
    await desk.page.getByRole('button', { name: /^No mask/ }).first().click();
    const pane = desk.pane('left');
    await desk.page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { photoDetails: seen });
      const note = (): void => {
        const shown = document.querySelector<HTMLElement>('[data-testid="pane-left"]')?.dataset;
        const now = `${shown?.['assetId']} ${shown?.['status']} ${shown?.['photo']}`;
        if (shown?.['status'] === 'ready' && seen.at(-1) !== now) seen.push(now);
      };
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-photo', 'data-status', 'data-asset-id'] });
    });
    await desk.row('a24').click();
    await expect(pane).toHaveAttribute('data-asset-id', 'a24');
    await expect(pane).toHaveAttribute('data-photo', 'full');
    await desk.row('b96').click();
    await expect(pane).toHaveAttribute('data-asset-id', 'b96');
    await expect(pane).toHaveAttribute('data-photo', 'reduced');
    await expect(desk.page.getByTestId('notes-left')).toContainText('96 megapixels; the mask is edited at full size');
    const seen = await desk.page.evaluate(() => (window as unknown as { photoDetails: string[] }).photoDetails);
    expect(seen.indexOf('b96 ready preview')).toBeGreaterThanOrEqual(0);
    expect(seen.indexOf('b96 ready reduced')).toBeGreaterThan(seen.indexOf('b96 ready preview'));
    await desk.press('b');
    await desk.drag({ x: 0.4, y: 0.5 }, { x: 0.6, y: 0.5 });
    await expect(desk.draftStatus).toHaveText('Draft saved');
    await desk.page.screenshot({ path: test.info().outputPath('large.png') });
    await app.close();
  });

  await test.step('beyond the limit: a sentence with both numbers, and the next picture opens', async () => {
    await writeFile(join(store, 'maskdesk.json'), JSON.stringify({ maxMegapixels: 50 }));
    const { desk } = await openDesk({ storeDir: store });
    await desk.page.getByRole('button', { name: /^No mask/ }).first().click();
    await desk.row('b96').click();
    const pane = desk.pane('left');
    await expect(pane).toHaveAttribute('data-status', 'error');
    await expect(pane).toContainText('96.0 megapixels');
    await expect(pane).toContainText('the limit is 50 megapixels');
    await expect(pane).toContainText('maxMegapixels');
    await desk.page.screenshot({ path: test.info().outputPath('too-large.png') });
    await desk.row('a24').click();
    await expect(pane).toHaveAttribute('data-status', 'ready');
  });
});
