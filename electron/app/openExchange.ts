import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { openBlobs } from '../blobs/index.ts';
import { openSource, openTarget, type OpenBucket } from '../exchange/index.ts';
import { parseS3Url } from '../exchange/s3Url.ts';
import type { TargetPlace } from '../../shared/domain/targetPlace.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Exchange } from '../../shared/ports/exchange.ts';
import { s3Options } from './adapterOptions.ts';
import type { AppConfig } from './config.ts';

/** Folders of a store that its own files are in (docs/architecture.md): an export among them would be taken for one of them, or cleared away. */
const ownFolders = ['data', 'history', 'backups', 'offline', 'exports'] as const;

/** The real path of what may not be there yet. */
const realPathOf = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch {
    // What stands in the way is told when the folder is made.
    return dirname(path) === path ? path : join(await realPathOf(dirname(path)), basename(path));
  }
};

const isInside = (folder: string, path: string): boolean => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

const insideStore = (location: string): ExpectedError =>
  new ExpectedError('path_outside_root', `${location} is among the store’s own files. Choose a place outside of it.`);

const withSlash = (path: string): string => (path === '' ? '' : `${path.replace(/^\/+|\/+$/g, '')}/`);

/** Where AWS's own tools find keys: one of these says that they will. */
const awsKeySources = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'] as const;

/**
 * Places that masks are taken to and brought from. Buckets are reached by the server and the keys of `[blobs]` (maskdesk.toml, MINIO_* variables), also where the store
 * itself is on a disk (`kind = "disk"` with endpoint and keys).
 */
export const openExchange = (config: AppConfig, env: NodeJS.ProcessEnv = process.env): Exchange => {
  const { blobs, storeDir, settings } = config;
  const isTeams = blobs.kind === 's3';

  const openBucket: OpenBucket = async ({ bucket, prefix, url }) => {
    const hasKeys = blobs.accessKey !== undefined || isTeams || awsKeySources.some((name) => Boolean(env[name]));
    if (!hasKeys) {
      throw new ExpectedError('invalid_input', `There is no access key for ${url}. Set MINIO_ACCESS_KEY and MINIO_SECRET_KEY, or accessKey and secretKey in [blobs] of maskdesk.toml, and endpoint where the bucket is not Amazon’s (with kind = "disk" where the store is on this machine).`);
    }
    // Nothing of ours but the export's files is put there: `readOnly` keeps the opening from it.
    return openBlobs({ kind: 's3', ...s3Options(config, () => undefined), bucket, prefix, create: false, readOnly: true, paths: { style: 'relative' } });
  };

  /** @throws ExpectedError path_outside_root */
  const assertOutsideStore = async (place: TargetPlace): Promise<void> => {
    if (place.kind === 's3') {
      const { bucket, prefix, url } = parseS3Url(place.url);
      if (isTeams && bucket === blobs.bucket && `${prefix}/`.startsWith(`${withSlash(blobs.prefix)}data/`)) throw insideStore(url);
      return;
    }
    const path = await realPathOf(resolve(place.path));
    const stores = await Promise.all([storeDir, resolve(storeDir, settings.dataRoot)].map((folder) => realPathOf(resolve(folder))));
    for (const store of stores) if (ownFolders.some((name) => isInside(join(store, name), path))) throw insideStore(place.path);
  };

  return {
    openTarget: async (place, { overwrite }) => {
      await assertOutsideStore(place);
      return openTarget(place, { overwrite, openBucket, bucketScratchFolder: join(config.dataDir, 'exports') });
    },
    openSource: (place) => openSource(place, { openBucket }),
  };
};
