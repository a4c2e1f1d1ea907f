import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { readEvents } from '../services/packagedApp.ts';
import { readPngHeader } from '../services/pngHeader.ts';

test('from the first start to a corrected, approved mask', async ({ demoStore, openDesk }) => {
  const { desk } = await openDesk({ storeDir: demoStore });

  await test.step('the demo is segmented in the background', async () => {
    await desk.page.getByRole('button', { name: 'Segment now' }).click();
    await expect(desk.rows.first()).toBeVisible({ timeout: 60_000 });
    await desk.page.getByRole('button', { name: 'Cancel segmenting' }).click();
    await expect(desk.page.getByTestId('segmenting')).toBeHidden();
  });

  const first = await desk.ready();
  const side = await desk.activeSide();
  await expect(desk.state(side)).toHaveText('To review');

  await test.step('the mask is corrected, undone and done again', async () => {
    await desk.press('b');
    await desk.drag({ x: 0.3, y: 0.45 }, { x: 0.7, y: 0.5 });
    await expect(desk.draftMark(side)).toHaveText('Draft');
    await desk.press('Control+z');
    await expect(desk.draftMark(side)).toBeHidden();
    await desk.press('Control+Shift+z');
    await expect(desk.draftMark(side)).toHaveText('Draft');
  });

  await test.step('it is approved with one key and the next item is there', async () => {
    await desk.press('Enter');
    await expect(desk.notices).toContainText(`Approved ${first}`);
    await expect(desk.row(first)).toBeHidden();
  });

  await test.step('the PNG, the path and the event are where the pipeline expects them', async () => {
    await expect.poll(async () => (await readEvents(demoStore)).length).toBe(1);
    const item = (await runCli('queue', '--store', demoStore, '--state', 'approved')).find((other) => other['asset_id'] === first);
    if (item === undefined) throw new Error(`${first} is not approved`);
    const stablePath = join(demoStore, String(item['masked_local_path']));
    expect(await readPngHeader(stablePath)).toMatchObject({ bitDepth: 8, colourType: 0 });
    expect(createHash('sha256').update(await readFile(stablePath)).digest('hex')).toBe(item['revision_sha256']);
    expect(JSON.stringify(await readEvents(demoStore))).toContain(String(item['masked_local_path']));
  });
});
