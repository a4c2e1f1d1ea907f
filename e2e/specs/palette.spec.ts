import { expect, test } from '../electronApp.ts';
import { SettingsPage } from '../pages/settingsPage.ts';
import { itemOf, listItems } from '../services/items.ts';

test('palette and menu: items and commands by a few letters, from the system’s menu as well', async ({ segmentedStore: store, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const shown = await desk.ready();
  const palette = page.getByRole('dialog', { name: 'Find an item or a command' });
  const items = await listItems(store, '--state', 'to_review');
  const other = items.find(({ asset_id }) => asset_id !== shown);
  if (other === undefined) throw new Error('the store has too few masks');

  await test.step('an item by its id, whatever the queue is filtered by', async () => {
    await desk.press('Control+k');
    await page.keyboard.type(other.asset_id);
    await expect(palette.getByRole('option', { selected: true })).toContainText(other.asset_id);
    await desk.press('Enter');
    await expect(palette).toBeHidden();
    await expect(desk.activePane).toHaveAttribute('data-asset-id', other.asset_id);
    await desk.ready();
  });

  await test.step('a command by letters in order; typing starts nothing on the desk', async () => {
    await desk.press('Control+k');
    await page.keyboard.type('>sttngs keys');
    await expect(palette.getByRole('option', { selected: true })).toContainText('Settings: keys and presets');
    expect((await itemOf(store, other.asset_id)).state).toBe('to_review');
    await desk.press('Enter');
    await expect(new SettingsPage(page).card.getByRole('tab', { name: 'Keys', selected: true })).toBeVisible();
    await desk.press('Escape');
  });

  await test.step('what was used last comes first; what can not be done says so', async () => {
    await desk.press('Control+k');
    await expect(palette.getByRole('option').first()).toContainText('Settings: keys and presets');
    await page.keyboard.type('>discard the edit');
    await expect(palette.getByRole('option').first()).toHaveAttribute('aria-disabled', 'true');
    await desk.press('Control+k');
    await expect(palette).toBeHidden();
  });

  await test.step('the menu shows keys, registers none, and runs what is chosen', async () => {
    const menu = await app.evaluate(({ Menu }) => {
      const bar = Menu.getApplicationMenu();
      return {
        names: bar?.items.map(({ label }) => label),
        registered: bar?.items.flatMap(({ submenu }) => submenu?.items ?? []).filter(({ id, accelerator, registerAccelerator }) => id !== undefined && accelerator != null && registerAccelerator).length,
        approve: bar?.getMenuItemById('approve')?.accelerator,
      };
    });
    expect(menu).toEqual({ names: ['File', 'Edit', 'View', 'Item', 'Tools', 'Window', 'Help'], registered: 0, approve: 'Enter' });
    await app.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('shortcuts')?.click();
    });
    await expect(page.getByRole('dialog', { name: 'All shortcuts' })).toBeVisible();
    await desk.press('Escape');
  });

  await test.step('another reviewer’s name counts at once', async () => {
    const settings = new SettingsPage(page);
    await settings.open('Reviewer');
    await settings.card.getByRole('textbox', { name: 'Your name' }).fill('  ');
    await settings.card.getByRole('button', { name: 'Save' }).click();
    await expect(settings.card.getByRole('alert')).toHaveText('A reviewer has a name.');
    await settings.card.getByRole('textbox', { name: 'Your name' }).fill('Ines');
    await desk.press('Enter');
    await expect(desk.notices).toContainText('Verdicts are Ines’s from now on.');
    await desk.press('Escape');
    await desk.open(other.asset_id);
    await desk.press('Enter');
    await expect.poll(async () => (await itemOf(store, other.asset_id)).state).toBe('approved');
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('Ines');
  });
});
