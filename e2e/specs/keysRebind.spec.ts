import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { SettingsPage } from '../pages/settingsPage.ts';

test('keys: another one, a conflict, a preset, a file, and all of it after a restart', async ({ segmentedStore: store, workFolder, openDesk }) => {
  const file = join(workFolder, 'keys.json');
  const first = await openDesk({ storeDir: store });

  await test.step('a key that is recorded starts the command at once and nothing else', async () => {
    const { desk } = first;
    const settings = new SettingsPage(desk.page);
    const item = await desk.ready();
    await settings.open('Keys');
    await settings.record('next', 'Alt+j');
    await expect(settings.keysOf('next')).toContainText('J');
    await desk.press('Escape');
    await expect(settings.card).toBeHidden();
    await desk.press('Alt+j');
    await desk.movedOnFrom(item);
  });

  await test.step('Escape gives up and the card stays; a key that somebody has is asked about', async () => {
    const { desk } = first;
    const settings = new SettingsPage(desk.page);
    await settings.open('Keys');
    await settings.record('previous', 'Escape');
    await expect(settings.card).toBeVisible();
    await settings.record('previous', 'f');
    await expect(settings.keysOf('previous').getByRole('alert')).toHaveText(/F is the key of “Fit the picture”/);
    await desk.page.screenshot({ path: test.info().outputPath('conflict.png'), animations: 'disabled' });
    await settings.keysOf('previous').getByRole('button', { name: 'Keep both' }).click();
    await expect(settings.keysOf('zoom.fit')).toContainText('is also the key of “Previous item”');
    await settings.keysOf('previous').getByRole('button', { name: 'Take it for this alone' }).click();
    await expect(settings.keysOf('zoom.fit').getByText('F', { exact: true })).toHaveCount(0);
    await settings.record('zoom.fit', 'a');
    await settings.keysOf('zoom.fit').getByRole('button', { name: 'Replace' }).click();
    await expect(settings.keysOf('previous').getByText('A', { exact: true })).toHaveCount(0);
    await desk.press('Escape');
    const item = await desk.ready();
    await desk.press('f');
    await desk.movedOnFrom(item);
  });

  await test.step('digits mean reasons while they are open, and are no conflict', async () => {
    const { desk } = first;
    const settings = new SettingsPage(desk.page);
    await settings.open('Keys');
    await expect(settings.keysOf('zoom.actual')).not.toContainText('is also the key');
    // What tooltips and sheets show follows.
    await desk.press('Escape');
    await desk.press('?');
    await expect(desk.page.getByRole('dialog', { name: 'All shortcuts' }).getByRole('listitem').filter({ hasText: 'Fit the picture' })).toContainText('A');
    await desk.press('Escape');
  });

  await test.step('keys go to a file and come back from it', async () => {
    const { app, desk } = first;
    const settings = new SettingsPage(desk.page);
    await app.evaluate(({ session }, path) => session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path)), file);
    await settings.open('Keys');
    await settings.card.getByRole('button', { name: 'Export…' }).click();
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('maskdeskKeymap');
    await settings.card.getByRole('button', { name: 'Reset all' }).click();
    await expect(settings.keysOf('next')).not.toContainText('J');
    await settings.card.getByTestId('keys-file').setInputFiles(file);
    await expect(settings.keysOf('next')).toContainText('J');
    await writeFile(join(workFolder, 'other.json'), '{"maskdeskKeymap": 1, "preset": "emacs", "own": {}}');
    await settings.card.getByTestId('keys-file').setInputFiles(join(workFolder, 'other.json'));
    await expect(desk.notices).toContainText('This file holds no keys of Maskdesk');
    await settings.card.getByRole('button', { name: 'Reset all' }).click();
    await settings.choosePreset('CVAT');
    await expect(settings.keysOf('next')).toContainText('F');
    await settings.record('next', 'Alt+j');
    await expect(settings.keysOf('next')).toContainText('J');
    await desk.press('Escape');
  });
  await first.app.close();

  await test.step('preset and own keys are there after a restart', async () => {
    const { desk } = await openDesk({ storeDir: store });
    const item = await desk.ready();
    await desk.press('Alt+j');
    const second = await desk.movedOnFrom(item);
    // CVAT's D goes back.
    await desk.press('d');
    expect(await desk.movedOnFrom(second)).toBe(item);
  });
});
