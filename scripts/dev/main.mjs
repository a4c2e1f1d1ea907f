/** The development loop, on npm's Node 24; started by scripts/dev.mjs once the clone is ready. Ends with the window or at Ctrl+C. */
import { once } from 'node:events';
import { createServer as createSocketServer } from 'node:net';
import { build, createServer } from 'vite';
import { buildStampName } from '../bootstrap/buildStep.mjs';
import { noticeOf, resolveElectron } from '../bootstrap/electron.mjs';
import { inRoot } from '../bootstrap/folders.mjs';
import { runCommand, say } from '../bootstrap/progress.mjs';
import { sandboxArguments } from '../bootstrap/sandbox.mjs';
import { removeStamp } from '../bootstrap/stamps.mjs';
import { createRestarter } from './restarter.mjs';

const host = '127.0.0.1';

const freePort = async () => {
  const server = createSocketServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

/** Waits for the first build, then calls back after each further good one; a faulty one is shown and the running app left alone. */
const watch = async (configFile, onRebuilt) => {
  const watcher = await build({ configFile: inRoot(configFile), logLevel: 'warn', build: { watch: {}, emptyOutDir: false } });
  await new Promise((settle) => {
    let built = settle;
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') say(`${configFile}: ${event.error.message}`);
      if (event.code !== 'BUNDLE_END') return;
      void event.result.close();
      built();
      built = onRebuilt;
    });
  });
  return watcher;
};

await runCommand(async () => {
  // What the loop leaves in dist/ is not what a build makes.
  removeStamp(buildStampName);
  const runtime = resolveElectron();
  const notice = noticeOf(runtime);
  if (notice !== null) say(notice);

  const port = await freePort();
  const server = await createServer({
    configFile: inRoot('vite.renderer.config.ts'),
    // The page comes through the app's own protocol, whose address can't carry the hot reload's socket: that one goes straight.
    server: { host, port, strictPort: true, hmr: { protocol: 'ws', host, clientPort: port } },
  });
  await server.listen();
  // Vite's own would end us before the app has closed its store.
  process.removeAllListeners('SIGTERM');
  const address = server.resolvedUrls?.local[0];
  say(`the window is served from ${address}`);

  const app = createRestarter({
    command: runtime.executable,
    args: [...sandboxArguments(runtime), inRoot('dist', 'electron', 'main.js'), ...process.argv.slice(2)],
    env: { ...process.env, MASKDESK_DEV_SERVER: address },
  });
  const watchers = await Promise.all([watch('vite.node.config.ts', app.restart), watch('vite.preload.config.ts', app.restart)]);
  app.restart();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => app.stop());

  process.exitCode = await app.ended;
  await Promise.all([server.close(), ...watchers.map((watcher) => watcher.close())]);
});
