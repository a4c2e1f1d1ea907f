import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    kill: (target) => target.close(),
    dispose: () => rm(folder, { recursive: true }),
  };
});
