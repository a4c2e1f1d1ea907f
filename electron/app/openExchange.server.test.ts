import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openBlobs } from '../blobs/index.ts';
import { optionsFor } from '../blobs/testing/testS3.ts';
import { targetContract } from '../exchange/testing/targetContract.ts';
import { unfinishedMarker } from '../../shared/ports/exportTarget.ts';
import { loadConfig } from './config.ts';
import { openExchange } from './openExchange.ts';

targetContract('bucket of a server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-bucket-'));
  const access = inject('s3Access');
  const options = { ...optionsFor({ access }), readOnly: true };
  const { bucket, prefix = '' } = options;
  const blobs = await openBlobs({ kind: 's3', ...options });
  const tables = { blobs: { kind: 'disk', endpoint: access.endpoint, accessKey: access.credentials.accessKeyId, secretKey: access.credentials.secretAccessKey } };
  const env = { MASKDESK_DATA: join(folder, 'data'), MASKDESK_CACHE: join(folder, 'cache') };
  const exchange = openExchange(await loadConfig({ storeDir: join(folder, 'store'), create: true, tables }, env), env);
  const url = `s3://${bucket}/${prefix}`;
  return {
    open: ({ overwrite = false } = {}) => exchange.openTarget({ kind: 's3', url }, { overwrite }),
    finished: async () => ((await blobs.has('manifest.jsonl')) && !(await blobs.has(unfinishedMarker)) ? exchange.openSource(url) : null),
    everything: async () => {
      const here = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      for await (const key of blobs.list('')) here.push(key);
      return here.sort();
    },
    occupy: () => blobs.put('thesis.tex', new TextEncoder().encode('years of work')),
    addForeign: () => blobs.put('my-runs/best.pt', new TextEncoder().encode('weights')),
    kill: (target) => target.close(),
    dispose: () => rm(folder, { recursive: true }),
  };
});
