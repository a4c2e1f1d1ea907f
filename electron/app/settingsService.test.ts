import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MachinePreferences } from '../base/machinePreferences.ts';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { loadConfig } from './config.ts';
import { LiveSettings } from './settingsService.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-settings-'));
  await mkdir(join(folder, 'store'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (): string => join(folder, 'store', 'maskdesk.json');
const load = (env: NodeJS.ProcessEnv = {}) => loadConfig({ storeDir: join(folder, 'store') }, { MASKDESK_DATA: join(folder, 'data'), ...env });
const open = async (env: NodeJS.ProcessEnv = {}): Promise<LiveSettings> =>
  new LiveSettings({ config: await load(env), preferences: new MachinePreferences(join(folder, 'data'), (fault) => expect.fail(fault.message)), modelIds: async () => [asId<ModelId>('u2netp')] });

describe('settings that change while the app runs', () => {
  test('count at once and at the next start; what else the file says stays', async () => {
    await writeFile(file(), '{"pathPrefix": "s3://shop/"}');
    const settings = await open();
    await settings.change({ modelId: asId<ModelId>('u2netp'), threshold: 0.4, threads: 2 });
    expect([settings.modelId, settings.threshold]).toEqual(['u2netp', 0.4]);
    expect((await load()).settings).toMatchObject({ pathPrefix: 's3://shop/', model: 'u2netp', threshold: 0.4, threads: 2 });
    await settings.change({ threshold: null, threads: null });
    expect(settings.threshold).toBe(0.5);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({ pathPrefix: 's3://shop/', model: 'u2netp' });
  });

  test('the reviewer is this machine’s; a name from the environment is back at the next start', async () => {
    const settings = await open();
    await settings.change({ reviewer: 'Ana' });
    expect(settings.reviewer).toBe('Ana');
    expect(await load()).toMatchObject({ reviewer: 'Ana', isReviewerGiven: false });
    expect(await load({ MASKDESK_REVIEWER: 'Mara' })).toMatchObject({ reviewer: 'Mara', isReviewerGiven: true });
    await settings.change({ reviewer: null });
    expect(settings.reviewer).toBe((await load()).systemName);
  });

  test('what can not be kept changes nothing', async () => {
    const settings = await open();
    await expect(settings.change({ modelId: asId<ModelId>('nothing') })).rejects.toMatchObject({ code: 'model_unknown' });
    await writeFile(file(), '{"threshold": ');
    await expect(settings.change({ threshold: 0.9 })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(settings.threshold).toBe(0.5);
  });
});
