import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerLives, withLock } from './lock.mjs';

let folder;
let path;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskdesk-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockModule = pathToFileURL(join(import.meta.dirname, 'lock.mjs')).href;
/** A process of its own that takes the lock, says so, and runs `body` while it holds it. */
const holder = (body) =>
  spawn(process.execPath, ['--input-type=module', '-e', `import { withLock } from '${lockModule}';\nawait withLock(${JSON.stringify(path)}, async () => { ${body} }, { pollMs: 5 });`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

describe('withLock', () => {
  it('gives back what the work gives, and leaves nothing behind', async () => {
    expect(await withLock(path, async () => 42)).toBe(42);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is free again after work that threw', async () => {
    await expect(withLock(path, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(path, async () => 'next')).toBe('next');
  });

  it('lets one process in at a time', async () => {
    const counter = join(folder, 'counter');
    writeFileSync(counter, '0');
    const body = `
      const { readFileSync, writeFileSync } = await import('node:fs');
      const seen = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
      await new Promise((go) => setTimeout(go, 20));
      writeFileSync(${JSON.stringify(counter)}, String(seen + 1));`;
    await Promise.all([1, 2, 3, 4].map(() => once(holder(body), 'exit')));
    expect(readFileSync(counter, 'utf8')).toBe('4');
  });

  it('takes over from an owner that was killed', async () => {
    const owner = holder("console.log('held'); await new Promise((go) => setTimeout(go, 60_000));");
    await once(owner.stdout, 'data');
    expect(existsSync(path)).toBe(true);
    const dead = once(owner, 'exit');
    owner.kill('SIGKILL');
    await dead;
    expect(await withLock(path, async () => 'mine')).toBe('mine');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes over from a file that is no lock', async () => {
    writeFileSync(path, 'half a li');
    expect(await withLock(path, async () => 'mine')).toBe('mine');
  });
});

describe('ownerLives', () => {
  const self = { token: 'x', pid: process.pid, host: hostname(), processStart: null };
  it('knows a living process, and one on another machine is given the benefit of the doubt', () => {
    expect(ownerLives(self)).toBe(true);
    expect(ownerLives({ ...self, host: 'elsewhere', pid: 2 ** 30 })).toBe(true);
  });
  it('does not take a reused pid for the owner', () => {
    expect(ownerLives({ ...self, processStart: '1' })).toBe(process.platform !== 'linux');
  });
});
