import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Logger } from '../base/logger.ts';
import { openBlobs } from '../blobs/index.ts';
import { openBroker } from '../brokers/index.ts';
import { openStore } from '../store/index.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import { blobCacheFolder, diskOptions, postgresOptions, rabbitOptions, s3Options } from './adapterOptions.ts';
import type { AppConfig } from './config.ts';

/** @throws ExpectedError store_*, permission_denied, file_unreadable */
export const openStorePart = async (config: AppConfig, clock: Clock): Promise<Store> => {
  const { storeDir, create, readOnly, settings } = config;
  if (config.store.kind === 'sqlite') return openStore({ storeDir, create, readOnly, clock, databaseFile: settings.databaseFile });
  // What this machine keeps of a team's store.
  if (!readOnly) await mkdir(storeDir, { recursive: true });
  return openStore({ kind: 'postgres', ...postgresOptions(config, clock) });
};

/**
 * @param onUnreadable what can't be looked at while clearing up after killed writers
 * @param onCacheTrouble why nothing can be kept on this machine; all works without
 * @throws ExpectedError blobs_unreachable, not_found, permission_denied
 */
export const openBlobsPart = async (config: AppConfig, onUnreadable: (error: unknown) => void, onCacheTrouble?: (trouble: ExpectedError) => void): Promise<BlobStore> => {
  if (config.blobs.kind === 's3') {
    const cache = { folder: blobCacheFolder(config), limitBytes: config.blobs.cacheMegabytes * 2 ** 20, onTrouble: onCacheTrouble };
    return openBlobs({ kind: 's3', ...s3Options(config, onUnreadable), cache });
  }
  const options = diskOptions(config, onUnreadable);
  if (options.create !== true && config.store.kind === 'postgres' && !existsSync(options.root)) {
    throw new ExpectedError('not_found', `The data root ${options.root} is not there ([blobs] root). Is the disk mounted that holds the pipeline's pictures?`);
  }
  return openBlobs({ kind: 'disk', ...options });
};

/** @param connectionName shown in the broker's list of connections. @throws ExpectedError invalid_input, broker_unreachable */
export const openBrokerPart = (config: AppConfig, clock: Clock, logger: Logger, connectionName: string): Promise<Broker> => {
  switch (config.broker.kind) {
    case 'none':
      return openBroker({ kind: 'none' });
    case 'local':
      return openBroker({ kind: 'local', storeDir: config.storeDir, clock });
    case 'rabbitmq':
      return openBroker({ kind: 'rabbitmq', ...rabbitOptions(config, clock, logger, connectionName) });
  }
};
