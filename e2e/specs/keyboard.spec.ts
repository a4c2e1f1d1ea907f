import { expect, quickModel, test } from '../electronApp.ts';
import { itemOf, listItems } from '../services/items.ts';

test('everything by keyboard: forms keep the focus, F6 goes round, nothing happens under what is open', async ({ segmentedStore: store, openDesk }) => {
  const [product] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (product === undefined) throw new Error('the store has no masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  await desk.open(product.asset_id);
  const focused = page.locator(':focus');
  const model = (name: RegExp) => page.getByRole('checkbox', { name });
  const rerun = page.getByRole('dialog', { name: 'Re-run a model' });

  await test.step('the re-run form has the focus: arrows move, Space chooses, Tab stays inside, Escape gives it back', async () => {
    await page.getByTestId('rerun').focus();
    await desk.press('r');
    await expect(focused).toHaveRole('checkbox');
    await expect(model(/IS-Net, 8-bit/)).toBeChecked();
    await model(/IS-Net, 8-bit/).focus();
    await desk.press('Space');
    await expect(model(/IS-Net, 8-bit/)).not.toBeChecked();
    await desk.press('ArrowDown');
    await desk.press('Space');
    await expect(focused).toBeChecked();
    await desk.press('Space');
    // Round in both directions, whatever the form has at the moment.
    for (const chord of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
      await desk.press(chord);
      expect(await rerun.evaluate((form) => form.contains(document.activeElement))).toBe(true);
    }
    await expect(desk.pane('left')).toHaveAttribute('data-active', 'true');
    await desk.press('d');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', product.asset_id);
    await desk.press('Escape');
    await expect(rerun).toBeHidden();
    await expect(page.getByTestId('rerun')).toBeFocused();
  });

  await test.step('Enter runs from the threshold', async () => {
    await page.getByTestId('rerun').evaluate((button) => button.blur());
    await desk.press('r');
    await model(/small and quick/).focus();
    await desk.press('Space');
    // Past the recipe's row, the last of the models.
    await desk.press('Tab');
    await desk.press('Tab');
    await expect(page.getByRole('slider', { name: 'Threshold' })).toBeFocused();
    await desk.press('ArrowRight');
    await desk.press('ArrowRight');
    await desk.press('Enter');
    await expect(rerun).toBeHidden();
    await expect(desk.notices).toContainText(`New mask by ${quickModel}`);
    await expect(desk.revisions).toHaveCount(2);
    expect((await itemOf(store, product.asset_id)).state).toBe('to_review');
  });

  await test.step('F6 goes through the parts of the window and comes round, out of the text field too', async () => {
    const regionOf = (): Promise<string> => page.evaluate(() => document.activeElement?.closest('[data-region]')?.className ?? 'none');
    const forth: string[] = [];
    for (let step = 0; step < 6; step++) {
      await desk.press('F6');
      forth.push(await regionOf());
    }
    expect(forth).toEqual(['top-bar', 'queue', 'tool-rail', 'desk', 'inspector', 'status-bar']);
    for (let step = 0; (await regionOf()) !== 'queue' && step < 8; step++) await desk.press('F6');
    await expect(page.getByRole('textbox', { name: 'Find an item' })).toBeFocused();
    await desk.press('Shift+F6');
    expect(await regionOf()).toBe('top-bar');
    await focused.evaluate((element) => (element as HTMLElement).blur());
  });

  await test.step('reasons: arrows and Enter, or Escape and nothing', async () => {
    const reasons = page.getByRole('dialog', { name: 'Why is it rejected?' });
    await desk.press('Backspace');
    await expect(reasons.getByRole('button').first()).toBeFocused();
    await desk.press('Escape');
    await expect(reasons).toBeHidden();
    await desk.press('Backspace');
    await desk.press('ArrowDown');
    await desk.press('ArrowDown');
    await desk.press('ArrowUp');
    await desk.press('Enter');
    await desk.movedOnFrom(product.asset_id);
    await expect.poll(async () => (await itemOf(store, product.asset_id)).reason).toBe('person_kept');
  });

  await test.step('cards: Tab stays inside, Escape closes', async () => {
    for (const [chord, title] of [['?', 'All shortcuts'], ['Control+m', 'Models'], ['Control+i', 'Import']] as const) {
      const card = page.getByRole('dialog', { name: title });
      await desk.press(chord);
      await expect(card).toBeVisible();
      for (const tab of ['Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab']) {
        await desk.press(tab);
        expect(await card.evaluate((element) => element.contains(document.activeElement)), `${tab} in ${title}`).toBe(true);
      }
      await desk.press('Escape');
      await expect(card).toBeHidden();
    }
  });

  await test.step('the colour of the mask is chosen by keyboard and stays chosen', async () => {
    const colours = page.getByRole('dialog', { name: 'Colour of the mask' });
    await page.getByTestId('tint').focus();
    await desk.press('Enter');
    await expect(colours.getByRole('button', { name: 'Cyan' })).toBeFocused();
    await desk.press('ArrowDown');
    await desk.press('Enter');
    await expect(colours.getByRole('button', { name: 'Yellow' })).toHaveAttribute('aria-pressed', 'true');
    await desk.press('Escape');
    await expect(page.getByTestId('tint')).toBeFocused();
    await desk.press('Shift+V');
    await page.reload();
    await desk.ready();
    await page.getByTestId('tint').click();
    await expect(colours.getByRole('button', { name: 'Rose' })).toHaveAttribute('aria-pressed', 'true');
    await desk.press('Escape');
  });
});
