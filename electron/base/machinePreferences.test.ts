import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExpectedError } from '../../shared/errors/errors.ts';
import { asOrdinaryUser } from './testing/asOrdinaryUser.ts';
import { MachinePreferences } from './machinePreferences.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'maskdesk-preferences-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const open = (): MachinePreferences => new MachinePreferences(dataDir, (fault) => expect.fail(fault.message));

test('are there for the next start, and for another window at once', async () => {
  const [one, other] = [open(), open()];
  expect(await one.get('reviewer')).toBeNull();
  await one.set('reviewer', 'Ana');
  await other.set('keymap', { preset: 'cvat', own: {} });
  expect(await open().get('reviewer')).toBe('Ana');
  expect(await one.get('keymap')).toEqual({ preset: 'cvat', own: {} });
  await one.set('reviewer', null);
  expect(await other.get('reviewer')).toBeNull();
});

test('changes at the same time are all kept', async () => {
  const preferences = open();
  await Promise.all(['a', 'b', 'c', 'd'].map((key, index) => preferences.set(key, index)));
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => preferences.get(key)))).toEqual([0, 1, 2, 3]);
});

const openWithFaults = (): { readonly preferences: MachinePreferences; readonly faults: ExpectedError[] } => {
  const faults: ExpectedError[] = [];
  return { preferences: new MachinePreferences(dataDir, (fault) => faults.push(fault)), faults };
};

test.each(['', '[1]', '{"reviewer": ', 'null'])('a damaged file stands for none and is told once: %j', async (text) => {
  await writeFile(join(dataDir, 'preferences.json'), text);
  const { preferences, faults } = openWithFaults();
  expect([await preferences.get('reviewer'), await preferences.get('keymap')]).toEqual([null, null]);
  expect(faults.map(({ code }) => code)).toEqual(['invalid_input']);
  await preferences.set('theme', 'light');
  expect(await preferences.get('theme')).toBe('light');
  expect(await readFile(join(dataDir, 'preferences.json.damaged'), 'utf8')).toBe(text);
});

test('a file that may not be read stands for none, is told once, and is not written over', async () => {
  await open().set('reviewer', 'Ana');
  const path = join(dataDir, 'preferences.json');
  await chmod(path, 0o000);
  const { preferences, faults } = openWithFaults();
  await asOrdinaryUser(dataDir, async () => {
    expect([await preferences.get('reviewer'), await preferences.get('reviewer')]).toEqual([null, null]);
    expect(faults.map(({ code }) => code)).toEqual(['permission_denied']);
    await expect(preferences.set('reviewer', 'Mara')).rejects.toMatchObject({ code: 'permission_denied', message: expect.stringContaining('can’t be kept') as string });
  });
  await chmod(path, 0o600);
  expect(await open().get('reviewer')).toBe('Ana');
});
