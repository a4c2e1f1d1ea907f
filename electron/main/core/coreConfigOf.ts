import { readConfig } from '../../app/config.ts';
import type { HostOptions } from '../options.ts';
import type { CoreConfig } from './protocol.ts';

/** What a start of the window opens. Without a store or a file that somebody named: what the person's own maskdesk.toml or the environment says, else the demo. */
export const coreConfigOf = async ({ storeDir, createStore, configFile }: HostOptions): Promise<CoreConfig> => {
  const folder: CoreConfig = { kind: 'folder', storeDir, create: createStore };
  if (configFile === null && !createStore) return folder;
  const { config } = await readConfig(configFile === null ? {} : { configFile });
  // What is wrong with a file is said by the core, in the window.
  if (config.store.kind === 'sqlite' && configFile === null) return folder;
  return { kind: 'file', storeDir: config.storeDir, configFile };
};
