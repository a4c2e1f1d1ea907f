import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { appOrigin, imageUrl, uploadUrl } from '../../shared/contracts/http/routes.ts';
import { asId } from '../../shared/domain/ids.ts';
import { expect, test } from '../electronApp.ts';
import { listItems } from '../services/items.ts';
import type { DeskPage } from '../pages/deskPage.ts';

const preloadScript = fileURLToPath(new URL('../../dist/electron/preload.cjs', import.meta.url));

/** A web server that must never be asked. */
const startForeignServer = async (): Promise<{ readonly url: string; readonly asked: readonly string[]; readonly stop: () => Promise<void> }> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, asked, stop: () => new Promise((resolve) => server.close(() => resolve())) };
};

interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly text: string;
}

/** What the page gets for an address; null: it was refused outright. */
const fetchInPage = ({ page }: DeskPage, url: string, init: { readonly method?: string; readonly body?: string } = {}): Promise<Answer | null> =>
  page.evaluate(
    async ({ url: address, init: options }) => {
      try {
        const response = await fetch(address, options);
        return { status: response.status, mediaType: response.headers.get('content-type') ?? '', text: await response.text() };
      } catch {
        return null;
      }
    },
    { url, init },
  );

test('the page has no way out: no Node, no web, no files, no other windows, ids and never paths', async ({ demoStore: store, workFolder, openDesk }) => {
  const secret = join(workFolder, 'secret.txt');
  await writeFile(secret, 'known to nobody');
  const foreign = await startForeignServer();
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await expect(page.getByText('No masks to review')).toBeVisible();

  await test.step('no Node and no Electron in the page, and a bridge of a few functions', async () => {
    const globals = await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter((name) => name in window));
    expect(globals).toEqual([]);
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
    // Files that were dropped are the one thing of the system that a page may name; it gets tokens for them.
    const bridge = ['connect', 'connectDecoder', 'drop', 'forgetStore', 'openStore', 'openTeam', 'privateBytes', 'readyToClose', 'recentStores', 'savingBeforeClose', 'setMenu', 'teamForm', 'testTeam', 'toggleMenuBar', 'zoomPage'];
    expect(await page.evaluate(() => Object.keys((window as unknown as { maskdesk: object }).maskdesk).sort())).toEqual(bridge);
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
      return (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false });
  });

  await test.step('a policy that lets in the app’s own files alone; scripts from text do not run', async () => {
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/);
    const ran = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const script = document.createElement('script');
          script.textContent = 'window.inlineRan = true';
          document.head.append(script);
          // In a turn of the page's own: what the test driver itself runs is exempt from the policy.
          setTimeout(() => {
            let evaluated = false;
            try {
              evaluated = (0, eval)('true') === true;
            } catch {
              // Refused, as it should be.
            }
            resolve({ inline: 'inlineRan' in window, evaluated });
          });
        }),
    );
    expect(ran).toEqual({ inline: false, evaluated: false });
  });

  await test.step('the web is out of reach, for requests and pictures', async () => {
    expect(await fetchInPage(desk, foreign.url)).toBeNull();
    const loaded = await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const image = new Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = url;
        }),
      foreign.url,
    );
    expect(loaded).toBe(false);
    expect(foreign.asked).toEqual([]);
  });

  await test.step('main refuses the web as well, even where no policy stands before it', async () => {
    const outcome = await app.evaluate(async ({ session }, url) => {
      try {
        return (await session.defaultSession.fetch(url)).status;
      } catch (error) {
        return String(error);
      }
    }, foreign.url);
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(foreign.asked).toEqual([]);
  });

  await test.step('files can not be asked for: not by file:, not by steps up, however they are written', async () => {
    expect(await fetchInPage(desk, pathToFileURL(secret).href)).toBeNull();
    const steps = ['/../../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/..%5c..%5cpackage.json', '/%252e%252e/package.json', '/%00index.html', '/assets/%2e%2e%2f%2e%2e%2fmain.js', '/%zz'];
    for (const path of steps) expect.soft((await fetchInPage(desk, appOrigin + path))?.status, path).toBe(404);
    expect((await fetchInPage(desk, 'maskdesk://elsewhere/index.html'))?.status ?? null).not.toBe(200);
  });

  await test.step('pictures go by id: a path is an id that nothing has', async () => {
    const [product] = await listItems(store, '--kind', 'products', '--limit', '1');
    if (product === undefined) throw new Error('the store is empty');
    const asset = { kind: product.kind, id: asId<never>(product.asset_id) };
    const picture = await fetchInPage(desk, appOrigin + imageUrl(asset));
    expect(picture?.status).toBe(200);
    expect(picture?.mediaType).toMatch(/^image\//);
    const paths = [secret, '../../maskdesk.db', '..', '.', product.local_path, join(store, product.local_path), `${product.asset_id}/../${product.asset_id}`, '\0', 'x'.repeat(5000)];
    for (const path of paths) {
      const answer = await fetchInPage(desk, appOrigin + imageUrl({ kind: 'product_image', id: asId(path) }));
      expect.soft([400, 404], `${path} -> ${answer?.status}`).toContain(answer?.status);
      expect.soft(answer?.mediaType).toBe('application/json');
      // The refusal tells nothing of where the store is.
      expect.soft(answer?.text.includes(workFolder) && !path.startsWith(workFolder)).toBe(false);
    }
    for (const path of ['/px/image/product_image/../../../package.json', `/px/image/product_image/${encodeURIComponent(secret)}`, '/px/file/product_image/~x', '/px/mask/..%2f..%2fmaskdesk.db', '/px/']) {
      expect.soft((await fetchInPage(desk, appOrigin + path))?.status, path).toBe(404);
    }
  });

  await test.step('what is sent is checked: nonsense for a mask is refused and leaves nothing', async () => {
    const [product] = await listItems(store, '--kind', 'products', '--limit', '1');
    const url = appOrigin + uploadUrl({ kind: 'product_image', id: asId(product?.asset_id ?? '') });
    for (const body of ['', 'not a mask', '\u0001'.repeat(4096)]) expect.soft([400, 409], `status for ${body.length} bytes`).toContain((await fetchInPage(desk, url, { method: 'PUT', body }))?.status);
    expect((await fetchInPage(desk, url, { method: 'DELETE' }))?.status).toBe(405);
  });

  await test.step('permissions are refused', async () => {
    for (const name of ['geolocation', 'notifications'] as const) {
      expect(await page.evaluate(async (asked) => (await navigator.permissions.query({ name: asked })).state, name)).toBe('denied');
    }
  });

  await test.step('a window that is not the desk’s gets no port to the core, not even with its preload script and its page', async () => {
    const received = await app.evaluate(async ({ BrowserWindow, ipcMain }, [preload, url]) => {
      const intruder = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } });
      const asked = new Promise<void>((resolve) => ipcMain.once('maskdesk:connect', () => resolve()));
      await intruder.loadURL(url);
      await intruder.webContents.executeJavaScript('window.ports = 0; window.addEventListener("message", (event) => { window.ports += event.ports.length; }); window.maskdesk.connect(); true');
      await asked;
      // The port would have been sent before this is asked: messages to a page keep their order.
      const ports = (await intruder.webContents.executeJavaScript('new Promise((resolve) => setTimeout(() => resolve(window.ports)))')) as number;
      intruder.destroy();
      return ports;
    }, [preloadScript, `${appOrigin}/`] as const);
    expect(received).toBe(0);
  });

  // Last: the test driver waits for a navigation that was begun, and this one never ends.
  await test.step('it stays where it is, in one window', async () => {
    await page.evaluate((url) => {
      location.href = url;
    }, foreign.url);
    await page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
      link.remove();
    }, pathToFileURL(secret).href);
    expect(await page.evaluate((url) => window.open(url) === null, foreign.url)).toBe(true);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(page.url()).toBe(`${appOrigin}/`);
    expect(await page.evaluate(() => document.body.textContent)).toContain('No masks to review');
    expect(foreign.asked).toEqual([]);
  });

  await foreign.stop();
});
