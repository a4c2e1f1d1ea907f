import { describe, expect, it } from 'vitest';
import { cacheFolder as coreCacheFolder, dataFolder as coreDataFolder } from '../../electron/base/folders.ts';
import { demoStoreFolder as coreDemoStoreFolder } from '../../electron/app/config.ts';
import { callerFolder } from './callerFolder.mjs';
import { cacheFolder, dataFolder, demoStoreFolder, rootFolder } from './folders.mjs';

describe('folders before and after the build', () => {
  it.each([[{}], [{ MASKDESK_CACHE: '/c', MASKDESK_DATA: '/d' }], [{ XDG_CACHE_HOME: '/xc', XDG_DATA_HOME: '/xd' }], [{ LOCALAPPDATA: '/l', APPDATA: '/r' }]])('are the same for %o', (env) => {
    expect(cacheFolder(env)).toBe(coreCacheFolder(env));
    expect(dataFolder(env)).toBe(coreDataFolder(env));
    expect(demoStoreFolder(env)).toBe(coreDemoStoreFolder(env));
  });
});

describe('callerFolder', () => {
  it('is where npm was called, not where npm went', () => {
    expect(callerFolder({ npm_lifecycle_event: 'maskdesk', INIT_CWD: '/photos' }, rootFolder)).toBe('/photos');
  });
  it('is the working folder without npm, and below another npm script', () => {
    expect(callerFolder({}, '/photos')).toBe('/photos');
    expect(callerFolder({ npm_lifecycle_event: 'build', INIT_CWD: '/other' }, '/photos')).toBe('/photos');
  });
});
