import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import type { DeskPage } from '../pages/deskPage.ts';
import { runCli } from '../services/cli.ts';
import { startPostgres, type PostgresServer } from '../services/servers/postgres.ts';
import { inTheme } from '../pages/theme.ts';

let server: PostgresServer;
test.beforeAll(async () => {
  server = await startPostgres();
});
test.afterAll(() => server.dispose());

const shots = async ({ page }: DeskPage, name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await inTheme(page, colorScheme);
    await page.screenshot({ path: test.info().outputPath(`${name}-${colorScheme}.png`), animations: 'disabled' });
  }
};

test('work goes on while the team’s store is away, is offered again, and what a colleague did meanwhile is seen first', async ({ segmentedStore, workFolder, openDesk }) => {
  test.setTimeout(240_000);
  const config = join(workFolder, 'team.toml');
  const verdicts = (): Promise<string> => server.sql("select string_agg(asset_id || ' ' || verdict || ' ' || reviewer, ',' order by sequence) from maskdesk.verdicts", 'matching');
  await test.step('a team’s store', async () => {
    const photos = join(workFolder, 'photos');
    await mkdir(photos);
    await mkdir(join(workFolder, 'root'));
    const all = join(segmentedStore, 'data', 'images', 'products');
    for (const name of (await readdir(all)).slice(0, 4)) await cp(join(all, name), join(photos, name));
    await writeFile(config, `[store]\ndsn = "${await server.createDatabase('matching')}"\npatienceSeconds = 1\n[blobs]\nroot = ${JSON.stringify(join(workFolder, 'root'))}\n`);
    await runCli('init', '--config', config);
    await runCli('import', photos, '--kind', 'products', '--config', config);
    await runCli('segment', '--model', 'u2netp', '--config', config);
  });

  const env = { MASKDESK_CONFIG: config };
  const { app, desk } = await openDesk({ storeDir: null, env });
  const { page } = desk;
  const first = await desk.ready();
  const line = page.getByTestId('reach-line');

  const second = await test.step('the store goes: a line says so, masks are painted and approved all the same', async () => {
    await server.stop();
    await expect(line).toContainText('Store not reachable since');
    await desk.press('b');
    await desk.drag({ x: 0.2, y: 0.34 }, { x: 0.7, y: 0.34 });
    await expect(desk.draftStatus).toHaveText('Draft saved');
    await desk.press('Enter');
    const next = await desk.movedOnFrom(first);
    await expect(desk.row(first).getByTestId('queue-row-waiting').or(desk.notices)).toContainText('wait');
    await expect(line).toContainText('1 verdict waits to be sent');
    await desk.press('b');
    await desk.drag({ x: 0.2, y: 0.34 }, { x: 0.8, y: 0.34 });
    await desk.press('Enter');
    await desk.movedOnFrom(next);
    await expect(line).toContainText('2 verdicts wait to be sent');
    await shots(desk, 'away');
    return next;
  });

  await test.step('a verdict is taken back before it is sent, and given again', async () => {
    await desk.press('Control+z');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', second);
    await desk.ready();
    await expect(line).toContainText('1 verdict and 1 draft wait');
    await desk.press('Enter');
    await desk.movedOnFrom(second);
    await expect(line).toContainText('2 verdicts wait to be sent');
    await app.close();
  });

  const { desk: later } = await openDesk({ storeDir: null, env });
  await test.step('started without the store: the window says so, and goes on by itself when it is back', async () => {
    await expect(later.page.getByRole('alert')).toContainText('The store can’t be reached');
    await expect(later.page.getByRole('alert')).toContainText('2 verdicts of this desk are kept on this machine');
    await shots(later, 'startedAway');
    await server.restart();
    await later.page.getByRole('button', { name: /Try/ }).click();
    await later.ready();
  });

  await test.step('what nobody else has touched is sent with one click', async () => {
    const offered = later.page.getByTestId('waiting-line');
    await expect(offered).toContainText('2 verdicts from while the store was away');
    await runCli('reject', second, '--reason', 'holes', '--config', config, '--reviewer', 'Ben');
    await shots(later, 'offered');
    await later.page.getByTestId('send-all').click();
    const row = later.page.getByTestId('waiting-row');
    await expect(row).toHaveCount(1);
    await expect(row).toHaveAttribute('data-asset-id', second);
    await expect(row).toContainText('Ben rejected');
    expect(await verdicts()).toBe(`${second} reject Ben,${first} approve Mara`);
    await shots(later, 'list');
  });

  await test.step('the other is seen side by side first', async () => {
    await later.page.getByTestId('waiting-row').getByRole('button', { name: 'Look at both' }).click();
    await expect(later.page.getByTestId('compare')).toContainText('In the store');
    await expect(later.page.getByTestId('conflict-bar')).toContainText('Ben rejected');
    await expect(later.page.getByTestId('compare-added')).toBeVisible();
    await shots(later, 'conflict');
    await later.page.getByTestId('conflict-mine').click();
    await expect(later.page.getByTestId('compare')).toBeHidden();
    await expect.poll(verdicts).toBe(`${second} reject Ben,${first} approve Mara,${second} approve Mara`);
    await expect(later.page.getByTestId('waiting-line')).toBeHidden();
    await shots(later, 'settled');
  });
});
