import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { BootstrapError } from '../bootstrap/bootstrapError.mjs';

export const hasDisplay = (env = process.env) => process.platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);

const startTimeoutMs = 20_000;

/** The X server picks a free display itself and writes its number to file descriptor 3 (Xserver(1), -displayfd). */
const displayNumber = (server) =>
  new Promise((settle, fail) => {
    let text = '';
    const timer = setTimeout(() => fail(new BootstrapError('Xvfb did not come up within 20 s.')), startTimeoutMs);
    const end = (finish) => (value) => {
      clearTimeout(timer);
      finish(value);
    };
    server.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (text.endsWith('\n')) end(settle)(text.trim());
    });
    server.once('error', end((error) => fail(new BootstrapError(`Xvfb could not be started: ${error.message}`))));
    server.once('exit', end((code) => fail(new BootstrapError(`Xvfb ended at once (${code}).`))));
  });

/** @returns {Promise<{display: string, stop(): Promise<void>}>} a display that nobody sees @throws BootstrapError */
export const startVirtualDisplay = async () => {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await displayNumber(server);
  const endWithUs = () => server.kill();
  process.once('exit', endWithUs);
  return {
    display: `:${number}`,
    async stop() {
      process.off('exit', endWithUs);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
};
