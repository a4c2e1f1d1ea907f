import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../electronApp.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { foreignMasks } from '../services/foreignMasks.ts';
import { SettingsPage } from '../pages/settingsPage.ts';
import { inTheme } from '../pages/theme.ts';

/**
 * What axe finds, serious or worse: rule, place, and what it says.
 * @param place a selector: the part of the page that is new
 * @param rules those alone; default: all
 */
const faultsOf = async (page: Page, place: string, rules: readonly string[] = []): Promise<readonly string[]> => {
  // In one frame alone: Electron has no second page for axe to put frames' results together in.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).include(place);
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 4).map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${(failureSummary ?? '').split('\n')[1]?.trim() ?? ''}`));
};

const tabs = ['Reviewer', 'Appearance', 'Keys', 'Masks', 'Models', 'Memory', 'Store', 'About'];

/** Cards by the key that opens them. */
const cards: readonly (readonly [string, string])[] = [
  ['palette', 'Control+k'],
  ['shortcuts', '?'],
  ['models', 'Control+m'],
  ['import', 'Control+i'],
  ['dashboard', 'Control+Shift+g'],
  ['exportSet', 'Control+Shift+e'],
  ['jobs', 'Control+j'],
  ['notices', 'Control+Shift+n'],
  ['stores', 'Control+e'],
  ['reject', 'Backspace'],
  ['rerun', 'r'],
];

test('axe finds nothing serious on any screen, dark and light', async ({ segmentedStore: store, workFolder, openDesk }) => {
  // Some sixty pictures, each looked at by axe.
  test.setTimeout(240_000);
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await desk.ready();
  const settings = new SettingsPage(page);
  const found: Record<string, readonly string[]> = {};
  const look = async (name: string, place = '[data-layer]'): Promise<void> => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await inTheme(page, colorScheme);
      // Names and roles are the same in both.
      const faults = await faultsOf(page, place, colorScheme === 'light' ? ['color-contrast'] : []);
      if (faults.length > 0) found[`${name}, ${colorScheme}`] = faults;
      await page.screenshot({ path: test.info().outputPath(`${name}-${colorScheme}.png`), animations: 'disabled' });
    }
  };
  await look('desk', 'body');
  for (const [name, chord] of cards) {
    await desk.press(chord);
    await expect(page.getByRole('dialog').first(), name).toBeVisible();
    await look(name);
    await desk.press('Escape');
    await expect(page.getByRole('dialog'), name).toHaveCount(0);
  }
  await desk.press('Control+Alt+i');
  await look('importMasks');
  await answerFolderDialog(app, await foreignMasks(store, workFolder));
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(page.getByTestId('masks-preview')).toBeVisible();
  await page.getByRole('button', { name: /Not in this store/ }).click();
  await look('importMasks-preview');
  await desk.press('Escape');
  await desk.press('Control+k');
  await page.keyboard.type('Imports');
  await desk.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Imports' })).toBeVisible();
  await look('pastImports');
  await desk.press('Escape');
  for (const tab of tabs) {
    await settings.open(tab);
    await look(`settings-${tab}`);
  }
  await desk.press('Escape');
  await desk.filter('Rejected').click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await look('nothing-matches', '.queue');
  expect(found).toEqual({});
});

test('axe finds nothing serious in an empty store, a narrow window and without a store', async ({ workFolder, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: `${workFolder}/empty`, env: {} });
  const { page } = desk;
  await expect(page.locator('.app')).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForLoadState('networkidle');
  const found: Record<string, readonly string[]> = {};
  for (const colorScheme of ['dark', 'light'] as const) {
    await inTheme(page, colorScheme);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 640));
    await expect(page.locator('.app')).toBeVisible();
    const faults = await faultsOf(page, 'body');
    if (faults.length > 0) found[colorScheme] = faults;
    await page.screenshot({ path: test.info().outputPath(`${colorScheme}.png`), animations: 'disabled' });
  }
  expect(found).toEqual({});
});
