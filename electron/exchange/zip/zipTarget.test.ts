import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
      addForeign: null,
      kill: (target) => target.close(),
      dispose: () => rm(folder, { recursive: true }),
    };
  },
  { reportsBeside: true },
);

test('a report beside it that is of no zip of ours is refused before anything is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-export-'));
  try {
    await writeFile(join(folder, 'out.report.jsonl'), 'mine');
    const target = await openZipTarget(join(folder, 'out.zip'), { overwrite: true });
    await expect(target.begin(null)).rejects.toMatchObject({ code: 'target_exists', message: expect.stringContaining('out.report.jsonl') as string });
    expect(await readFile(join(folder, 'out.report.jsonl'), 'utf8')).toBe('mine');
  } finally {
    await rm(folder, { recursive: true });
  }
});
