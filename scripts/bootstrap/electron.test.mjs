import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resolveElectron } from './electron.mjs';
import { failedToday } from './electronOfficial.mjs';
import { integrityOf } from './electronRepack.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskdesk-electron-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the Electron runtime', () => {
  it('is the one that a person names', () => {
    const executable = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
    mkdirSync(join(folder, executable, '..'), { recursive: true });
    writeFileSync(join(folder, executable), '');
    writeFileSync(join(folder, 'version'), 'v99.1.0\n');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    expect(resolveElectron()).toEqual({ folder, executable: join(folder, executable), version: '99.1.0', origin: 'override' });
  });

  it('that is named but not there is said to be missing, not passed over', () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(folder, 'nowhere'));
    expect(() => resolveElectron()).toThrow('ELECTRON_OVERRIDE_DIST_PATH is');
  });
});

it('asks an unreachable release host once a day', () => {
  const note = join(folder, 'note');
  expect(failedToday(note)).toBe(false);
  writeFileSync(note, 'ENOTFOUND\n');
  const writtenSeconds = 1_000_000;
  utimesSync(note, writtenSeconds, writtenSeconds);
  expect(failedToday(note, (writtenSeconds + 23 * 3600) * 1000)).toBe(true);
  expect(failedToday(note, (writtenSeconds + 25 * 3600) * 1000)).toBe(false);
});

it("knows a tarball by npm's integrity", async () => {
  writeFileSync(join(folder, 'file'), 'abc');
  // SHA-512 of "abc" (FIPS 180-2, appendix C.1) in base64.
  expect(await integrityOf(join(folder, 'file'))).toBe('sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==');
});
