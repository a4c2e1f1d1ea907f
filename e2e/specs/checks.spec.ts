import { expect, test } from '../electronApp.ts';
import { listItems } from '../services/items.ts';
import { queryStore } from '../services/storeDatabase.ts';
import { inTheme } from '../pages/theme.ts';

test('a mask is checked in the background: its checks are in the inspector, each leads to its place', async ({ segmentedStore: store, openDesk }) => {
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const section = inspector.getByRole('region', { name: 'Checks' });
  const findings = section.locator('button[data-check]');

  await test.step('every mask of the store was checked, also those that came before', async () => {
    const masks = (await listItems(store, '--state', 'to_review')).length;
    await expect.poll(() => queryStore(store, 'SELECT count(*) AS n FROM maskdesk_assets WHERE suspicion IS NOT NULL')).toEqual([{ n: masks }]);
  });

  const worst = queryStore(store, 'SELECT id, top_check, check_value FROM maskdesk_assets WHERE top_check IS NOT NULL ORDER BY worst_key LIMIT 1')[0] as Record<string, string>;

  await test.step('the inspector says what they found, the worst first', async () => {
    await desk.open(String(worst['id']));
    await expect(section).toContainText(/\d+ to look at/);
    await expect(findings.first()).toHaveAttribute('data-check', String(worst['top_check']));
    await expect(findings.first()).toContainText(String(worst['check_value']));
    await page.screenshot({ path: test.info().outputPath('checks-dark.png'), animations: 'disabled' });
  });

  await test.step('a click goes to the place and says the whole sentence', async () => {
    const zoom = desk.activePane.getByTestId(`zoom-${await desk.activeSide()}`);
    const before = await zoom.textContent();
    const title = await findings.first().getAttribute('title');
    await findings.first().click();
    await expect(zoom).not.toHaveText(String(before));
    await expect(findings.first()).toContainText(String(title));
    await expect(desk.activePane.locator(`[data-mark-id="check-${worst['top_check']}"]`)).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('checks-jump.png'), animations: 'disabled' });
  });

  await test.step('the full stop goes to the next, and round', async () => {
    await expect(findings.first()).toHaveAttribute('aria-current', 'true');
    const count = await findings.count();
    for (let index = 1; index <= count; index++) {
      await desk.press('.');
      await expect(findings.nth(index % count)).toHaveAttribute('aria-current', 'true');
    }
  });

  await test.step('in light as well', async () => {
    await inTheme(page, 'light');
    await page.screenshot({ path: test.info().outputPath('checks-light.png'), animations: 'disabled' });
  });
});
