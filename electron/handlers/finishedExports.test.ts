import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FinishedExports } from './finishedExports.ts';

test('what is shown is the last one that is in a folder of this machine, while it is there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-finished-'));
  const finished = new FinishedExports();
  await expect(finished.last()).rejects.toMatchObject({ code: 'not_found' });
  finished.remember(folder);
  await expect(finished.last()).resolves.toBe(folder);
  await rm(folder, { recursive: true });
  await expect(finished.last()).rejects.toMatchObject({ code: 'not_found' });
  finished.remember('s3://bucket/prefix');
  await expect(finished.last()).rejects.toMatchObject({ code: 'not_found' });
});
