import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoStoreFolder, loadConfig, readConfig } from './config.ts';

let storeDir: string;
beforeEach(async () => {
  storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-config-'));
});
afterEach(() => rm(storeDir, { recursive: true }));

const settings = (text: string): Promise<void> => writeFile(join(storeDir, 'maskdesk.json'), text);

describe('the environment', () => {
  test('names store, reviewer and threads; what is given wins over it', async () => {
    const env = { MASKDESK_STORE: storeDir, MASKDESK_REVIEWER: 'ana', MASKDESK_THREADS: '3' };
    expect(await loadConfig({}, env)).toMatchObject({ storeDir, reviewer: 'ana', threads: 3 });
    expect(await loadConfig({ storeDir: '/elsewhere', reviewer: 'ben' }, env)).toMatchObject({ storeDir: '/elsewhere', reviewer: 'ben' });
  });

  test('what is set to nothing is not set', async () => {
    const env = { MASKDESK_DATA: storeDir, MASKDESK_STORE: '', MASKDESK_REVIEWER: '', MASKDESK_THREADS: '' };
    const config = await loadConfig({}, env);
    expect(config).toMatchObject({ storeDir: demoStoreFolder(env), threads: availableParallelism() });
    expect(config.reviewer).not.toBe('');
  });

  test.each(['four', '0', '-2', '1.5', 'NaN'])('MASKDESK_THREADS=%s is told', async (threads) => {
    await expect(loadConfig({ storeDir }, { MASKDESK_THREADS: threads })).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining(`'${threads}'`) as string });
    expect((await readConfig({ storeDir }, { MASKDESK_THREADS: threads })).config.threads).toBe(availableParallelism());
  });
});

describe("the store's settings", () => {
  test('every fault is told by its key; what is usable is used where somebody asks for it', async () => {
    await settings('{"threshold": 2, "pathStyle": "sideways", "spelled wrong": 1, "dataRoot": "root", "threads": 5}');
    await expect(loadConfig({ storeDir }, {})).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/threshold[^]*pathStyle|pathStyle[^]*threshold/) as string });
    const { config, faults } = await readConfig({ storeDir }, {});
    expect(faults).toHaveLength(1);
    expect(config.settings).toMatchObject({ dataRoot: 'root', threads: 5, threshold: 0.5, pathStyle: 'relative' });
  });

  test.each(['{"threshold": 0.', '[1, 2]', 'null', ''])('a file that holds no settings: %j', async (text) => {
    await settings(text);
    await expect(loadConfig({ storeDir }, {})).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await readConfig({ storeDir }, {})).config.settings.databaseFile).toBe('maskdesk.db');
  });

  test('no file is no fault', async () => {
    expect((await readConfig({ storeDir: join(storeDir, 'none') }, {})).faults).toEqual([]);
  });
});
