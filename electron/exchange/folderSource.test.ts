import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asOrdinaryUser } from '../base/testing/asOrdinaryUser.ts';
import { openFolderSource } from './folderSource.ts';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-source-'));
  root = join(folder, 'annotations');
  await mkdir(join(root, 'masks'), { recursive: true });
  await writeFile(join(root, 'masks', 'b.png'), 'b');
  await writeFile(join(root, 'a.json'), '{}');
  await writeFile(join(folder, 'secret'), 'secret');
});
afterEach(() => rm(folder, { recursive: true }));

it('lists what people put there, sorted, and reads that alone', async () => {
  await writeFile(join(root, 'masks', '._b.png'), 'resource fork');
  await writeFile(join(root, '.DS_Store'), 'litter');
  await symlink(join(root, 'masks', 'b.png'), join(root, 'linked.png'));
  await symlink(root, join(root, 'masks', 'circle'));
  const source = await openFolderSource(root);
  expect(await source.files()).toEqual([{ path: 'a.json', sizeBytes: 2 }, { path: 'linked.png', sizeBytes: 1 }, { path: 'masks/b.png', sizeBytes: 1 }]);
  expect(Buffer.from(await source.read('linked.png')).toString()).toBe('b');
  for (const path of ['../secret', 'masks/../a.json', 'masks', './a.json', 'none']) await expect(source.read(path), path).rejects.toMatchObject({ code: 'file_unreadable' });
  await expect(source.read('a.json', 1)).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringContaining('a.json') as string });
});

it.each([['out', '../../secret'], ['to a folder outside', '../..'], ['nowhere', 'none']])('refuses a link that leads %s', async (_, target) => {
  await symlink(target, join(root, 'masks', 'link.png'));
  const source = await openFolderSource(root);
  await expect(source.files()).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringContaining('masks/link.png') as string });
});

it('refuses more files than it may have, and names of which other systems make paths', async () => {
  await expect((await openFolderSource(root, { maxFiles: 1 })).files()).rejects.toMatchObject({ code: 'annotations_invalid' });
  await writeFile(join(root, 'a\\b.png'), 'x');
  await expect((await openFolderSource(root)).files()).rejects.toMatchObject({ code: 'annotations_invalid' });
});

it('names the folder that may not be read', async () => {
  await chmod(join(root, 'masks'), 0);
  await asOrdinaryUser(folder, async () => {
    const source = await openFolderSource(root);
    await expect(source.files()).rejects.toMatchObject({ code: 'permission_denied', message: expect.stringContaining('masks') as string });
  });
  await chmod(join(root, 'masks'), 0o700);
});
