import { chmod, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asOrdinaryUser } from '../base/testing/asOrdinaryUser.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { openBlobs } from './index.ts';
import { blobStoreContract } from './testing/blobStoreContract.ts';

blobStoreContract('disk', async () => {
  const root = await mkdtemp(join(tmpdir(), 'maskdesk-blobs-'));
  return { blobs: await openBlobs({ root }), dispose: () => rm(root, { recursive: true }) };
});

const bytes = new Uint8Array([1, 2, 3]);
const refused = { code: 'path_outside_root' };

describe('blobs on disk', () => {
  let folder: string;
  let root: string;
  let blobs: BlobStore;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'maskdesk-blobs-')));
    root = join(folder, 'root');
    blobs = await openBlobs({ root });
    await mkdir(join(folder, 'outside'));
    await writeFile(join(folder, 'outside', 'secret.png'), 'secret');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const everyOperation = (key: string): readonly [string, () => Promise<unknown>][] => [
    ['get', () => blobs.get(key)],
    ['has', () => blobs.has(key)],
    ['sha256', () => blobs.sha256(key)],
    ['put', () => blobs.put(key, bytes)],
    ['remove', () => blobs.remove(key)],
  ];

  it('tells a missing file from a root that was unmounted and leaves an empty folder of its name', async () => {
    await mkdir(join(root, 'data'));
    await blobs.assertReachable();
    await expect(blobs.get('data/a.png')).rejects.toMatchObject({ code: 'blob_missing' });
    await rename(root, join(folder, 'elsewhere'));
    await expect(blobs.assertReachable()).rejects.toMatchObject({ code: 'blobs_unreachable' });
    await mkdir(root);
    await expect(blobs.assertReachable()).rejects.toMatchObject({ code: 'blobs_unreachable' });
    await rm(root, { recursive: true });
    await rename(join(folder, 'elsewhere'), root);
    await blobs.assertReachable();
  });

  it('refuses every operation through a link that leads out, to a file or a folder', async () => {
    await mkdir(join(root, 'data'));
    await symlink(join(folder, 'outside'), join(root, 'data', 'folder'));
    await symlink(join(folder, 'outside', 'secret.png'), join(root, 'data', 'file.png'));
    for (const key of ['data/folder/secret.png', 'data/folder/new.png', 'data/folder/new/deep.png', 'data/file.png', 'data/folder']) {
      for (const [name, operation] of everyOperation(key)) await expect(operation(), `${name} ${key}`).rejects.toMatchObject(refused);
    }
    const keys: string[] = [];
    for await (const key of blobs.list('data/')) keys.push(key);
    expect(keys).toEqual([]);
    await expect(blobs.list('data/folder/')[Symbol.asyncIterator]().next()).rejects.toMatchObject(refused);
    expect(await readFile(join(folder, 'outside', 'secret.png'), 'utf8')).toBe('secret');
    expect(await readdir(join(folder, 'outside'))).toEqual(['secret.png']);
  });

  it('refuses a link that leads nowhere yet', async () => {
    await symlink(join(folder, 'outside', 'later'), join(root, 'later'));
    for (const key of ['later', 'later/new.png']) {
      for (const [name, operation] of everyOperation(key)) await expect(operation(), `${name} ${key}`).rejects.toMatchObject(refused);
    }
  });

  it('follows links that stay inside, and a root that is a link itself', async () => {
    await blobs.put('real/a.png', bytes);
    await symlink(join(root, 'real'), join(root, 'alias'));
    await symlink(root, join(folder, 'root-link'));
    const through = await openBlobs({ root: join(folder, 'root-link') });
    expect(await through.get('alias/a.png')).toEqual(bytes);
    await through.put('alias/b.png', bytes);
    expect(await blobs.has('real/b.png')).toBe(true);
    expect(through.keyOfPath(join(root, 'real/a.png'))).toBe('real/a.png');
    expect(through.keyOfPath(join(folder, 'root-link/real/a.png'))).toBe('real/a.png');
  });

  it('reads local paths of the database as people write them', () => {
    expect(blobs.keyOfPath('./data/a.png')).toBe('data/a.png');
    expect(blobs.keyOfPath('data//b/../a.png')).toBe('data/a.png');
    expect(blobs.keyOfPath(join(root, 'data', 'a.png'))).toBe('data/a.png');
    expect(blobs.pathOfKey('data/a.png')).toBe('data/a.png');
    for (const path of [`${root}-other/a.png`, join(folder, 'outside', 'secret.png'), root]) {
      expect(() => blobs.keyOfPath(path)).toThrow(expect.objectContaining(refused));
    }
  });

  it('writes paths as the settings say and reads its own', async () => {
    const absolute = await openBlobs({ root, paths: { style: 'absolute' } });
    expect(absolute.pathOfKey('data/a.png')).toBe(`${root}/data/a.png`);
    const container = await openBlobs({ root, paths: { style: 'absolute', prefix: '/app/' } });
    expect(container.pathOfKey('data/a.png')).toBe('/app/data/a.png');
    expect(container.keyOfPath('/app/data/a.png')).toBe('data/a.png');
    expect(container.keyOfPath('data/a.png')).toBe('data/a.png');
    expect(container.keyOfPath(join(root, 'data/a.png'))).toBe('data/a.png');
    for (const path of ['/app/../etc/passwd', '/app/data/../../etc/passwd', '/apple/a.png', '/app']) {
      expect(() => container.keyOfPath(path)).toThrow(expect.objectContaining(refused));
    }
    const prefixed = await openBlobs({ root, paths: { style: 'relative', prefix: 'stores/one' } });
    expect(prefixed.pathOfKey('data/a.png')).toBe('stores/one/data/a.png');
    expect(prefixed.keyOfPath('stores/one/data/a.png')).toBe('data/a.png');
  });

  it('leaves no temporary file behind, lists none, and sweeps those of the dead alone', async () => {
    await blobs.put('data/a.png', bytes);
    expect(await readdir(join(root, 'data'))).toEqual(['a.png']);
    const name = (pid: number) => `a.png.maskdesk-${pid}-00000000-0000-4000-8000-000000000000.tmp`;
    const nobody = 4_194_305; // above every system's highest pid
    await writeFile(join(root, 'data', name(nobody)), 'half');
    await writeFile(join(root, 'data', name(process.pid)), 'in work');
    const keys: string[] = [];
    for await (const key of blobs.list('')) keys.push(key);
    expect(keys).toEqual(['data/a.png']);
    expect(await blobs.sweepTemporaries()).toBe(1);
    expect((await readdir(join(root, 'data'))).sort()).toEqual(['a.png', name(process.pid)]);
  });

  it('sweeps only where it writes, and passes over what it may not read or remove', async () => {
    const left = 'a.png.maskdesk-4194305-00000000-0000-4000-8000-000000000000.tmp';
    const folders = ['data/own/deep', 'data/masks', 'data/masks/below', 'data/own/locked', 'data/own/fixed', 'data/else'];
    for (const key of folders) {
      await mkdir(join(root, key), { recursive: true });
      await writeFile(join(root, key, left), 'half');
    }
    await symlink(join(folder, 'outside'), join(root, 'data', 'link'));
    await writeFile(join(folder, 'outside', left), 'half');
    await chmod(join(root, 'data/own/locked'), 0);
    await chmod(join(root, 'data/own/fixed'), 0o500);
    const told: unknown[] = [];
    const sweepFolders = [{ key: 'data/own', depth: Infinity }, { key: 'data/masks', depth: 0 }, { key: 'data/link', depth: 0 }, { key: 'data/none', depth: 0 }];
    await asOrdinaryUser(folder, async () => {
      const careful = await openBlobs({ root, sweepFolders, onUnreadable: (error) => told.push(error) });
      expect(await careful.sweepTemporaries()).toBe(2);
    });
    expect(told).toHaveLength(3);
    for (const code of ['permission_denied', 'path_outside_root']) expect(told).toContainEqual(expect.objectContaining({ code }));
    await chmod(join(root, 'data/own/locked'), 0o700);
    await chmod(join(root, 'data/own/fixed'), 0o700);
    await rm(join(root, 'data', 'link'));
    const kept = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith(left));
    expect(kept.map((path) => path.slice(0, -left.length - 1)).sort()).toEqual(['outside', 'root/data/else', 'root/data/masks/below', 'root/data/own/fixed', 'root/data/own/locked']);
  });

  it('says when its root is a file', async () => {
    await writeFile(join(folder, 'a-file'), '');
    await expect(openBlobs({ root: join(folder, 'a-file', 'blobs') })).rejects.toMatchObject({ code: 'file_unreadable' });
  });

  it('says where it has no permission', async () => {
    await mkdir(join(root, 'data'));
    await chmod(join(root, 'data'), 0o500);
    await asOrdinaryUser(folder, () => expect(blobs.put('data/a.png', bytes)).rejects.toMatchObject({ code: 'permission_denied' }));
    await chmod(join(root, 'data'), 0o700);
  });

  it('says when a folder stands where the file should be', async () => {
    await blobs.put('data/a.png/inside.png', bytes);
    await expect(blobs.get('data/a.png')).rejects.toMatchObject({ code: 'file_unreadable' });
    expect(await blobs.has('data/a.png')).toBe(false);
  });
});
