import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreLocks } from './storeLocks.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-locks-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('one window has a store until it has gone on to another; who comes later knocks', async () => {
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  let knocked: (storeDir: string) => void = () => undefined;
  const knock = new Promise<string>((resolve) => (knocked = resolve));
  const first = new StoreLocks(folder, knocked);
  const second = new StoreLocks(folder, () => undefined);
  expect([await first.take(a), await first.take(a), await second.take(b)]).toEqual([true, true, true]);
  expect(await second.take(a)).toBe(false);
  expect(await knock).toBe(a);
  second.keepOnly(a);
  expect(await first.take(b)).toBe(true);
  first.keepOnly(b);
  expect(await second.take(a)).toBe(true);
});

test('two people may have it, each with a folder of their own; another way to its folder is the same store', async () => {
  const other = join(folder, 'link');
  await symlink(folder, other);
  const locks = (dataDir: string): StoreLocks => new StoreLocks(dataDir, () => undefined);
  const [ana, ben, again] = [locks('ana'), locks('ben'), locks('ana')];
  expect([await ana.take(folder), await ben.take(folder), await again.take(other)]).toEqual([true, true, false]);
});

test('a killed process leaves no lock', async () => {
  const program = `const { StoreLocks } = await import(${JSON.stringify(new URL('./storeLocks.ts', import.meta.url).href)});
    console.log(await new StoreLocks(${JSON.stringify(folder)}, () => {}).take(${JSON.stringify(folder)})); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString().trim()).toBe('true');
  const locks = new StoreLocks(folder, () => undefined);
  expect(await locks.take(folder)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await locks.take(folder)).toBe(true);
});
