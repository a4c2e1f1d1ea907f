import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetContract } from '../testing/targetContract.ts';
import { openZipSource } from './zipSource.ts';
import { openZipTarget } from './zipTarget.ts';

targetContract(
  'zip',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maskdesk-export-'));
    const path = join(folder, 'exports', 'out.zip');
    return {
      open: ({ overwrite = false } = {}) => openZipTarget(path, { overwrite }),
      finished: async () => (existsSync(path) ? openZipSource(path) : null),
      everything: async () => (await readdir(folder, { recursive: true })).filter((name) => name !== 'exports').sort(),
      occupy: async () => {
        await mkdir(join(folder, 'exports'));
        await writeFile(path, 'no zip at all');
      },
      kill: (target) => target.close(),
      dispose: () => rm(folder, { recursive: true }),
    };
  },
  { reportsBeside: true },
);
