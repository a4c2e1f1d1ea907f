import { join, resolve } from 'node:path';
import { sha256Hex } from '../base/hash.ts';
import type { AppConfig } from './config.ts';

/**
 * Where it is noted which exports of a store are not finished: in the store's folder on this machine, and of an embedded store that may only be read in the person's own data
 * folder, a folder a store.
 */
export const exportRecordsFolder = ({ readOnly, store, storeDir, dataDir }: Pick<AppConfig, 'readOnly' | 'store' | 'storeDir' | 'dataDir'>): string =>
  readOnly && store.kind === 'sqlite' ? join(dataDir, 'exports', `of-${sha256Hex(resolve(storeDir)).slice(0, 24)}`) : join(storeDir, 'exports');
