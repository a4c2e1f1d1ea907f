import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';

test('what another window or the command line does to the store is on the screen without asking, with whose it is', async ({ segmentedStore: store, openDesk }) => {
  const { desk } = await openDesk({ storeDir: store });
  const item = await desk.ready();
  const { desk: other } = await openDesk({ storeDir: store, env: { MASKDESK_DATA: test.info().outputPath('other'), MASKDESK_REVIEWER: 'Ben' } });
  await other.ready();
  const [bens = ''] = (await runCli('queue', '--store', store, '--state', 'to_review')).map((row) => String(row['asset_id'])).filter((id) => id !== item).slice(-1);

  await test.step('an edit that Ben has begun is marked as his', async () => {
    await other.open(bens);
    await other.press('b');
    await other.drag({ x: 0.15, y: 0.3 }, { x: 0.35, y: 0.32 });
    await expect(other.row(bens)).toContainText(/Draft(?!:)/);
    await expect(desk.row(bens)).toContainText('Draft: Ben');
    await desk.page.screenshot({ path: test.info().outputPath('draftOfBen.png'), animations: 'disabled' });
  });

  await test.step('an approval by the command line', async () => {
    const waiting = (await runCli('queue', '--store', store, '--state', 'to_review')).map((row) => String(row['asset_id'])).find((id) => id !== item && id !== bens) ?? '';
    await expect(desk.row(waiting)).toBeVisible();
    await runCli('approve', waiting, '--store', store);
    await expect(desk.row(waiting)).toBeHidden();
    await expect(other.row(waiting)).toBeHidden();
  });
});
