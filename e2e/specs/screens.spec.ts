import type { ElectronApplication } from '@playwright/test';
import { expect, quickModel, test, type OpenedDesk } from '../electronApp.ts';
import { screenPictures, type ScreenPictures } from '../pages/screens.ts';
import { runCli } from '../services/cli.ts';
import { listItems } from '../services/items.ts';

/**
 * A picture of every screen and state in artefacts/screens, to be looked at before a release. What can be tested is tested by the other specs;
 * this one fails when a screen can't be reached.
 */
const overDesk: readonly { readonly name: string; readonly command: string }[] = [
  { name: 'reject', command: 'Reject…' },
  { name: 'rerun', command: 'Re-run a model…' },
  { name: 'filters', command: 'Narrow the queue…' },
  { name: 'savedFilters', command: 'Saved filters' },
  { name: 'pairPicker', command: 'Choose what to compare with' },
  { name: 'tint', command: 'Colour of the mask' },
  { name: 'jobs', command: 'Jobs' },
  { name: 'dashboard', command: 'Dashboard' },
  { name: 'notices', command: 'Notices' },
  { name: 'models', command: 'Models' },
  { name: 'recentStores', command: 'Open recent…' },
  { name: 'welcome', command: 'Welcome' },
  { name: 'shortcuts', command: 'All shortcuts' },
  { name: 'settings', command: 'Settings' },
];
const settingsPages = ['Appearance', 'Keys', 'Masks', 'Models', 'Memory', 'Store', 'About'] as const;

const sizeTo = (app: ElectronApplication, width: number, height: number): Promise<void> =>
  app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [width, height] as const);

/** The desk itself in its states. */
const deskStates = async ({ desk }: OpenedDesk, { command, picture }: ScreenPictures): Promise<void> => {
  await picture('desk');
  for (const view of ['outline', 'cutout-checker', 'cutout-black', 'cutout-white', 'mask', 'matte', 'difference', 'photo']) {
    await desk.press('v');
    await picture(`view-${view}`);
  }
  await desk.press('v');
  await desk.drag({ x: 0.3, y: 0.4 }, { x: 0.6, y: 0.5 });
  await expect(desk.draftStatus).toContainText(/saved/i);
  await picture('stroke');
  await command('Discard the edit');
  await expect(desk.rows.filter({ hasText: 'Draft' })).toHaveCount(0);
  await desk.press('+');
  for (let step = 0; step < 12; step++) await desk.press('+');
  await picture('pixels');
  await desk.press('f');
  await command('Single photo');
  await picture('singlePhoto');
  await command('Single photo');
};

test('every screen has its picture, in the dark and in the light', async ({ segmentedStore: store, openDesk }) => {
  const [first, second] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (first === undefined || second === undefined) throw new Error('the store has no masks');
  await runCli('segment', '--store', store, '--model', quickModel, '--threshold', '0.3', first.asset_id);
  await runCli('reject', '--store', store, second.asset_id, '--reason', 'person_kept');
  const opened = await openDesk({ storeDir: store });
  const { app, desk } = opened;
  const { page } = desk;
  await sizeTo(app, 1440, 900);
  await desk.ready();
  await desk.open(first.asset_id);
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const pictures = await screenPictures(page, theme);
    if (theme === 'dark') await deskStates(opened, pictures);
    else await pictures.picture('desk');
    for (const { name, command } of overDesk) {
      await pictures.command(command);
      await pictures.picture(name);
      if (name === 'settings')
        for (const tab of settingsPages) {
          await page.getByRole('tab', { name: tab }).click();
          await pictures.picture(`settings-${tab.toLowerCase()}`);
        }
      await desk.press('Escape');
    }
    await desk.press('Control+k');
    await pictures.picture('palette');
    await desk.press('Escape');
    await desk.press('Control+a');
    await pictures.picture('chosen');
    await desk.press('Escape');
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [width, height] of [[1024, 640], [1280, 720], [3840, 2160]] as const) {
    await sizeTo(app, width, height);
    // Windows come out a pixel smaller than asked where the screen has another scale.
    await expect.poll(async () => Math.abs((await page.evaluate(() => innerWidth)) - width)).toBeLessThan(2);
    await (await screenPictures(page, `${width}x${height}`)).picture('desk');
  }
});

test('an empty store has its picture', async ({ workFolder, openDesk }) => {
  const store = `${workFolder}/empty`;
  await runCli('init', '--store', store);
  const { app, desk } = await openDesk({ storeDir: store });
  await sizeTo(app, 1440, 900);
  await expect(desk.page.getByRole('navigation', { name: 'Queue' })).toBeVisible();
  const { picture } = await screenPictures(desk.page, 'dark');
  await picture('empty');
});
