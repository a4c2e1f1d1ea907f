import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { startPostgres, type PostgresServer } from '../services/servers/postgres.ts';
import { inTheme } from '../pages/theme.ts';

let server: PostgresServer;
test.beforeAll(async () => {
  server = await startPostgres({ hba: ['host all maskdesk 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256'] });
});
test.afterAll(() => server.dispose());

const password = 'correct horse';

test('a team’s store is connected to from the window, reviewed, and opened again from the list', async ({ demoStore, segmentedStore, workFolder, openDesk }) => {
  const root = join(workFolder, 'pipeline');
  const photos = join(workFolder, 'photos');
  const config = join(workFolder, 'team.toml');
  await test.step('somebody has begun the store', async () => {
    await mkdir(root);
    await mkdir(photos);
    const all = join(segmentedStore, 'data', 'images', 'products');
    for (const name of (await readdir(all)).slice(0, 2)) await cp(join(all, name), join(photos, name));
    await writeFile(config, `[store]\ndsn = "${await server.createDatabase('matching')}"\n[blobs]\nroot = ${JSON.stringify(root)}\n`);
    await runCli('init', '--config', config);
    await runCli('import', photos, '--kind', 'products', '--config', config);
    await runCli('segment', '--model', 'u2netp', '--config', config);
    await server.sql(`create role ada superuser login password '${password}'`);
  });

  const { app, desk } = await openDesk({ storeDir: demoStore });
  const { page } = desk;
  const form = page.getByTestId('team-form');
  const fill = async (label: string, text: string): Promise<void> => form.getByLabel(label, { exact: true }).fill(text);
  const finding = (part: string) => form.getByTestId('team-findings').locator(`[data-part="${part}"]`);
  await expect(page.getByTestId('status-connection')).toContainText('connected');

  await test.step('a look tells, line by line, what is wrong', async () => {
    await desk.press('Control+e');
    await page.getByRole('button', { name: 'Connect to a team store…' }).click();
    await fill('Host', '127.0.0.1');
    await fill('Port', String(server.port));
    await fill('Database', 'matching');
    await fill('User', 'ada');
    await fill('Password', 'mistyped one');
    await form.getByRole('radio', { name: 'Folder' }).click();
    await fill('Data root, a folder that everybody sees', join(workFolder, 'nowhere'));
    await page.getByTestId('team-test').click();
    await expect(finding('store')).toContainText('password');
    await expect(finding('files')).toContainText('is not there');
    await expect(form).not.toContainText('mistyped one');
    for (const colorScheme of ['dark', 'light'] as const) {
      await inTheme(page, colorScheme);
      await page.screenshot({ path: test.info().outputPath(`refused-${colorScheme}.png`), animations: 'disabled' });
    }
    await inTheme(page, 'dark');
  });

  await test.step('what is put right is opened, remembered, and its password is nowhere on disk', async () => {
    await fill('Password', password);
    await fill('Data root, a folder that everybody sees', root);
    await fill('Name', 'Autumn shoes');
    await page.getByTestId('team-test').click();
    await expect(finding('store')).toHaveAttribute('data-ok', 'true');
    await expect(finding('files')).toHaveAttribute('data-ok', 'true');
    await page.screenshot({ path: test.info().outputPath('works.png'), animations: 'disabled' });
    await page.getByTestId('team-open').click();
    const first = await desk.ready();
    await desk.press('Enter');
    await desk.movedOnFrom(first);
    await expect.poll(async () => server.sql('select count(*) from product_images where masked_local_path is not null', 'matching')).toContain('1');
    expect(await readFile(join(workFolder, 'data', 'teamStores.json'), 'utf8')).not.toContain(password);
  });

  await test.step('in the same session it opens again by itself', async () => {
    await desk.press('Control+e');
    const list = page.getByTestId('recent-stores').getByRole('listitem');
    await expect(list.first()).toContainText('Autumn shoes');
    await expect(list.first()).toContainText('open now');
    await page.screenshot({ path: test.info().outputPath('recent.png'), animations: 'disabled' });
    // Another store is another page: what the one before says of its connection is not meant.
    await Promise.all([page.waitForEvent('load'), list.nth(1).getByRole('button').first().click()]);
    await expect(page.getByTestId('status-connection')).toContainText('connected');
    await desk.press('Control+e');
    await Promise.all([page.waitForEvent('load'), list.filter({ hasText: 'Autumn shoes' }).getByRole('button').first().click()]);
    await desk.ready();
    await expect(page.getByTestId('status-connection')).toContainText('connected');
    await app.close();
  });

  await test.step('after a restart the password, which no keychain keeps here, is asked for again', async () => {
    const { desk: later } = await openDesk({ storeDir: demoStore });
    await expect(later.page.getByTestId('status-connection')).toContainText('connected');
    await later.press('Control+e');
    await later.page.getByTestId('recent-stores').getByRole('listitem').filter({ hasText: 'Autumn shoes' }).getByRole('button').first().click();
    const again = later.page.getByTestId('team-form');
    await expect(again.getByLabel('User', { exact: true })).toHaveValue('ada');
    await expect(again.getByLabel('Password', { exact: true })).toHaveValue('');
    await again.getByLabel('Password', { exact: true }).fill(password);
    await later.page.getByTestId('team-open').click();
    await later.ready();
  });
});
