import { expect, test } from '../electronApp.ts';

test('the page has no Node, no remote content and no way out', async ({ segmentedStore, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: segmentedStore });
  await desk.ready();
  const { page } = desk;

  await test.step('nothing of Node or Electron is in the page', async () => {
    const found = await page.evaluate(() => ({
      names: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      bridge: Object.keys((window as unknown as { maskdesk: object }).maskdesk).sort(),
      isolated: window.crossOriginIsolated,
    }));
    expect(found).toEqual({ names: [], bridge: ['connect', 'readyToClose'], isolated: true });
  });

  await test.step('text is not run, and nothing is fetched from elsewhere', async () => {
    const results = await page.evaluate(async () => {
      const refused = async (work: () => unknown): Promise<boolean> => {
        try {
          await work();
          return false;
        } catch {
          return true;
        }
      };
      return {
        // From a timer: the test driver's own call is let past the policy.
        evaluation: await new Promise<boolean>((resolve) => setTimeout(() => void refused(() => (0, eval)('1 + 1')).then(resolve))),
        web: await refused(() => fetch('https://example.org/')),
        file: await refused(() => fetch('file:///etc/hostname')),
        traversal: (await fetch('/%2e%2e/electron/main.js')).status,
        otherHost: await refused(() => fetch('maskdesk://other/index.html')),
      };
    });
    expect(results).toEqual({ evaluation: true, web: true, file: true, traversal: 404, otherHost: true });
  });

  await test.step('it stays where it is, in one window', async () => {
    await page.evaluate(() => {
      window.open('https://example.org/');
      window.location.href = 'https://example.org/';
    });
    await expect.poll(() => app.windows().length).toBe(1);
    expect(page.url()).toBe('maskdesk://app/');
  });

  await test.step('permissions are refused', async () => {
    expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe('denied');
  });
});

test('the core may die: the window says so and goes on', async ({ segmentedStore, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: segmentedStore });
  const first = await desk.ready();
  const corePid = await app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().find(({ name }) => name === 'Maskdesk core')?.pid);
  if (corePid === undefined) throw new Error('there is no core process');
  process.kill(corePid, 'SIGKILL');
  await expect(desk.page.getByText('is being started again').first()).toBeVisible();
  await expect(desk.page.getByText('Connected')).toBeVisible();
  await desk.press('Enter');
  await expect(desk.notices).toContainText(`Approved ${first}`);
  await desk.movedOnFrom(first);
});
