import { mkdir, mkdtemp, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolderSource } from './folderSource.ts';
import { openFolderTarget } from './folderTarget.ts';
import { targetContract } from './testing/targetContract.ts';

targetContract('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-export-'));
  const path = join(folder, 'exports', 'out');
  return {
    open: ({ overwrite = false } = {}) => openFolderTarget(path, { overwrite }),
    finished: async () => ((await readdir(path).catch(() => [])).length === 0 ? null : openFolderSource(path)),
    everything: async () => (await readdir(folder, { recursive: true })).filter((name) => name !== 'exports').sort(),
    occupy: async () => {
      await mkdir(path, { recursive: true });
      await writeFile(join(path, 'thesis.tex'), 'years of work');
      await writeFile(join(path, 'manifest.jsonl'), 'of another program');
    },
    addForeign: async () => {
      await mkdir(join(path, 'my-runs'));
      await writeFile(join(path, 'my-runs', 'best.pt'), 'weights');
    },
    kill: (target) => target.close(),
    dispose: () => rm(folder, { recursive: true }),
  };
});

test('a link that leads nowhere, and a folder that has the name of the scratch folder alone, are left as they are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-export-'));
  try {
    const [link, out] = [join(folder, 'link'), join(folder, 'out')];
    await symlink(join(folder, 'nowhere'), link);
    await mkdir(`${out}.maskdesk-part`);
    await writeFile(join(`${out}.maskdesk-part`, 'own.txt'), 'mine');
    for (const path of [link, out]) {
      const target = await openFolderTarget(path, { overwrite: true });
      await expect(target.begin(null)).rejects.toMatchObject({ code: 'target_exists' });
    }
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(['link', 'out.maskdesk-part', 'out.maskdesk-part/own.txt']);
    expect(await readlink(link)).toBe(join(folder, 'nowhere'));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('what is put into the old export while the new one is written is found at the end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-export-'));
  try {
    const path = join(folder, 'out');
    const write = async (overwrite: boolean, meanwhile: () => Promise<void>): Promise<void> => {
      const target = await openFolderTarget(path, { overwrite });
      await target.begin(null);
      for (const name of ['manifest.jsonl', 'DATACARD.md']) await target.put(name, new Uint8Array(1));
      await meanwhile();
      try {
        await target.commit();
      } finally {
        await target.close();
      }
    };
    await write(false, () => Promise.resolve());
    await expect(write(true, () => writeFile(join(path, 'notes.txt'), 'mine'))).rejects.toMatchObject({ code: 'target_exists', message: expect.stringContaining('notes.txt') as string });
    await rm(join(path, 'notes.txt'));
    await writeFile(join(path, '.DS_Store'), 'of a file manager');
    await write(true, () => Promise.resolve());
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(['out', 'out/.maskdesk-files', 'out/DATACARD.md', 'out/manifest.jsonl']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.runIf(process.platform === 'linux')('a place that can’t be made is said as the person named it, with what to do', async () => {
  const target = await openFolderTarget('/proc/nope/out', { overwrite: false });
  await expect(target.begin(null)).rejects.toMatchObject({ code: 'permission_denied', message: 'Nothing can be written at /proc/nope/out: the folder /proc/nope can’t be made. Choose another place.' });
  await target.close();
});
