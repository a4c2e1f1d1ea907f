import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MachinePreferences } from './machinePreferences.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'maskdesk-preferences-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

test('are there for the next start, and for another window at once', async () => {
  const [one, other] = [new MachinePreferences(dataDir), new MachinePreferences(dataDir)];
  expect(await one.get('reviewer')).toBeNull();
  await one.set('reviewer', 'Ana');
  await other.set('keymap', { preset: 'cvat', own: {} });
  expect(await new MachinePreferences(dataDir).get('reviewer')).toBe('Ana');
  expect(await one.get('keymap')).toEqual({ preset: 'cvat', own: {} });
  await one.set('reviewer', null);
  expect(await other.get('reviewer')).toBeNull();
});

test('changes at the same time are all kept', async () => {
  const preferences = new MachinePreferences(dataDir);
  await Promise.all(['a', 'b', 'c', 'd'].map((key, index) => preferences.set(key, index)));
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => preferences.get(key)))).toEqual([0, 1, 2, 3]);
});

test.each(['', '[1]', '{"reviewer": ', 'null'])('a file that holds none: %j', async (text) => {
  await writeFile(join(dataDir, 'preferences.json'), text);
  const preferences = new MachinePreferences(dataDir);
  expect(await preferences.get('reviewer')).toBeNull();
  await preferences.set('theme', 'light');
  expect(await preferences.get('theme')).toBe('light');
});
