import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createRestarter } from './restarter.mjs';

/** A program that writes a line when it starts and one when it is asked to end. */
const source = (log) => `
  const { appendFileSync } = require('node:fs');
  process.on('SIGTERM', () => { appendFileSync(${JSON.stringify(log)}, 'stop '); process.exit(0); });
  appendFileSync(${JSON.stringify(log)}, 'start ');
  setInterval(() => {}, 1000);`;

it('starts anew once for several changes, lets each run end in order, and stops', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'maskdesk-restart-'));
  const log = join(folder, 'log');
  writeFileSync(log, '');
  const app = createRestarter({ command: process.execPath, args: ['-e', source(log)], env: process.env });
  const lines = () => readFileSync(log, 'utf8').trim();
  app.restart();
  await vi.waitFor(() => expect(lines()).toBe('start'), { timeout: 10_000 });
  app.restart();
  app.restart();
  await vi.waitFor(() => expect(lines()).toBe('start stop start'), { timeout: 10_000 });
  app.stop();
  expect(await app.ended).toBe(0);
  expect(lines()).toBe('start stop start stop');
  rmSync(folder, { recursive: true, force: true });
});

it('ends with the code of a program that ends by itself', async () => {
  const app = createRestarter({ command: process.execPath, args: ['-e', 'process.exit(3)'], env: process.env });
  app.restart();
  expect(await app.ended).toBe(3);
});
