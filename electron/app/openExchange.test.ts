import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBlobs } from '../blobs/index.ts';
import { openBucketSource } from '../exchange/bucketSource.ts';
import { openBucketTarget } from '../exchange/bucketTarget.ts';
import { targetContract } from '../exchange/testing/targetContract.ts';
import type { TargetPlace } from '../../shared/domain/targetPlace.ts';
import { unfinishedMarker } from '../../shared/ports/exportTarget.ts';
import { loadConfig } from './config.ts';
import { openExchange } from './openExchange.ts';

// The same as with a server (openExchange.server.test.ts), over the files of a disk.
targetContract('bucket, kept on a disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-bucket-'));
  const blobs = await openBlobs({ root: join(folder, 'bucket') });
  const scratch = join(folder, 'scratch.maskdesk-part');
  return {
    open: async ({ overwrite = false } = {}) => openBucketTarget({ blobs, name: 'out', url: 's3://bucket/out', scratch, overwrite }),
    finished: async () => ((await blobs.has('manifest.jsonl')) && !(await blobs.has(unfinishedMarker)) ? openBucketSource(blobs, 'out') : null),
    everything: async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort(),
    occupy: () => blobs.put('thesis.tex', new TextEncoder().encode('years of work')),
    addForeign: () => blobs.put('my-runs/best.pt', new TextEncoder().encode('weights')),
    kill: (target) => target.close(),
    dispose: () => rm(folder, { recursive: true }),
  };
});

describe('places of an app', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskdesk-places-'));
    await mkdir(join(folder, 'store', 'data'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));
  const exchangeWith = async (env: NodeJS.ProcessEnv = {}) => {
    const all = { MASKDESK_DATA: join(folder, 'data'), MASKDESK_CACHE: join(folder, 'cache'), ...env };
    return openExchange(await loadConfig({ storeDir: join(folder, 'store'), create: true }, all), all);
  };

  it('lets nothing into the store’s own folders, by no way', async () => {
    const exchange = await exchangeWith();
    await symlink(join(folder, 'store', 'data'), join(folder, 'alias'));
    const inside: TargetPlace[] = [
      { kind: 'folder', path: join(folder, 'store', 'data') },
      { kind: 'folder', path: join(folder, 'store', 'data', 'masks', 'out') },
      { kind: 'folder', path: join(folder, 'alias', 'new', 'out') },
      { kind: 'folder', path: join(folder, 'store', 'history', 'out') },
      { kind: 'zip', path: join(folder, 'store', 'x', '..', 'data', 'out.zip') },
    ];
    for (const place of inside) await expect(exchange.openTarget(place, { overwrite: true }), JSON.stringify(place)).rejects.toMatchObject({ code: 'path_outside_root' });
    for (const path of [join(folder, 'out'), join(folder, 'store', 'out'), join(folder, 'store', 'data-of-mine')]) {
      await (await exchange.openTarget({ kind: 'folder', path }, { overwrite: false })).close();
    }
    expect(await readdir(join(folder, 'store', 'data'))).toEqual([]);
  });

  it('says what is missing for a bucket, and what is no place in one', async () => {
    const exchange = await exchangeWith();
    await expect(exchange.openTarget({ kind: 's3', url: 's3://bucket/out' }, { overwrite: false })).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('MINIO_ACCESS_KEY') as string });
    await expect(exchange.openSource('s3://bucket/out')).rejects.toMatchObject({ code: 'invalid_input' });
    for (const url of ['s3://', 's3://bucket', 's3://bucket/', 's3://bucket/../other', 's3://user:secret@bucket/out', 's3://bucket/a//b', 's3:///out']) {
      const failure: unknown = await exchange.openTarget({ kind: 's3', url }, { overwrite: false }).catch((error: unknown) => error);
      expect(failure, url).toMatchObject({ code: 'invalid_input' });
      expect((failure as Error).message).not.toContain('secret');
    }
  });

  it('opens folders, zips by their name or first bytes, and single files', async () => {
    const exchange = await exchangeWith();
    const target = await exchange.openTarget({ kind: 'zip', path: join(folder, 'out') }, { overwrite: false });
    await target.begin(null);
    for (const name of ['masks/a.png', 'DATACARD.md', 'manifest.jsonl']) await target.put(name, new TextEncoder().encode(name));
    await target.commit();
    const listed = async (place: string): Promise<readonly string[]> => {
      const source = await exchange.openSource(place);
      return (await source.files()).map(({ path }) => path);
    };
    expect(await listed(join(folder, 'out.zip'))).toEqual(['DATACARD.md', 'manifest.jsonl', 'masks/a.png']);
    await copyFile(join(folder, 'out.zip'), join(folder, 'download'));
    expect(await listed(join(folder, 'download'))).toEqual(['DATACARD.md', 'manifest.jsonl', 'masks/a.png']);
    await writeFile(join(folder, 'instances.json'), '{}');
    expect(await listed(join(folder, 'instances.json'))).toEqual(['instances.json']);
    expect(await listed(folder)).toContain('instances.json');
    await expect(exchange.openSource(join(folder, 'none'))).rejects.toMatchObject({ code: 'file_unreadable', message: expect.stringContaining('none') as string });
    await writeFile(join(folder, 'broken.zip'), 'PK');
    await expect(exchange.openSource(join(folder, 'broken.zip'))).rejects.toMatchObject({ code: 'annotations_invalid' });
  });
});
