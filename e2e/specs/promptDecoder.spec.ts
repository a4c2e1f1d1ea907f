import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../electronApp.ts';
import { Prompts } from '../pages/prompts.ts';
import { SettingsPage } from '../pages/settingsPage.ts';
import { pidOf } from '../services/appProcesses.ts';
import { listItems } from '../services/items.ts';

/** Who answered the latest prompt, and when. */
const lastAnswer = (page: Page): Promise<{ readonly backend: string; readonly atMs: number } | null> =>
  page.evaluate(() => {
    const mark = performance.getEntriesByName('prompt:answered', 'mark').at(-1) as PerformanceMark | undefined;
    return mark === undefined ? null : { backend: (mark.detail as { backend: string }).backend, atMs: mark.startTime };
  });

test('prompts are decoded in a process of their own that may die, or in the window', async ({ segmentedStore: store, openDesk }) => {
  test.setTimeout(90_000);
  // The smaller model: what is shown here is the same for all.
  await writeFile(join(store, 'maskdesk.json'), JSON.stringify({ promptModel: 'mobilesam' }));
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const prompts = new Prompts(desk);
  const answerAt = async (place: { readonly x: number; readonly y: number }): Promise<string> => {
    const before = (await lastAnswer(page))?.atMs ?? 0;
    await prompts.click(place);
    await expect.poll(async () => (await lastAnswer(page))?.atMs ?? 0, { timeout: 30_000 }).toBeGreaterThan(before);
    return (await lastAnswer(page))?.backend ?? 'nobody';
  };
  await desk.ready();
  await desk.open(item.asset_id);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);

  await test.step('the decoding process answers, and the next click after its death is answered as well', async () => {
    await desk.press('q');
    expect(await answerAt({ x: 0.5, y: 0.5 })).toBe('native');
    const pid = await pidOf(app, 'Maskdesk prompts');
    if (pid === null) throw new Error('there is no decoding process');
    process.kill(pid, 'SIGKILL');
    expect(['native', 'core']).toContain(await answerAt({ x: 0.45, y: 0.55 }));
    // The core has the picture held again; clicks go straight to the new process from then on.
    // Never twice the same place: a click on a point's handle asks nothing.
    let tries = 0;
    await expect.poll(() => answerAt({ x: 0.25 + 0.08 * (tries % 7), y: 0.35 + 0.04 * tries++ }), { timeout: 30_000 }).toBe('native');
    expect(await pidOf(app, 'Maskdesk prompts')).not.toBe(pid);
  });

  // Which way is quicker, and whether both agree, is measured in a pause of whatever else the machine does: see compareBackends.test.ts. Here it is asked for.
  await test.step('the window answers by itself when it is told to', async () => {
    const settings = new SettingsPage(page);
    await settings.open('Memory');
    await settings.card.getByRole('radio', { name: 'In the window' }).click();
    if (process.env['MASKDESK_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['MASKDESK_SHOTS']}/decoderSetting.png` });
    await page.keyboard.press('Escape');
    expect(await answerAt({ x: 0.52, y: 0.6 })).toMatch(/^(wasm|webgpu)$/);
  });
});
