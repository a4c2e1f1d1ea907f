import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoStoreFolder } from '../app/config.ts';

export interface HostOptions {
  readonly storeDir: string;
  /** The demo's own folder is made when it is not there; a folder that somebody named is not. */
  readonly createStore: boolean;
  /** Address of the renderer's development server; null: the built files are served. */
  readonly devServer: string | null;
}

/**
 * @param args what stands after the program (and, unpackaged, after the script). Switches that are Chromium's are passed over.
 * @param allowDevServer false in a packaged app: it shows its own files, whatever the environment says
 */
export const parseHostOptions = (args: readonly string[], env: NodeJS.ProcessEnv, workingFolder: string, allowDevServer: boolean): HostOptions => {
  const { values } = parseArgs({ args: [...args], options: { store: { type: 'string' } }, strict: false, allowPositionals: true });
  const named = typeof values.store === 'string' && values.store !== '' ? values.store : env['MASKDESK_STORE'] || null;
  return {
    storeDir: named === null ? demoStoreFolder(env) : resolve(workingFolder, named),
    createStore: named === null,
    devServer: allowDevServer ? env['MASKDESK_DEV_SERVER'] || null : null,
  };
};

/** What stands after `--cli`: the packaged app's command line. Null when a window is wanted. */
export const cliArguments = (args: readonly string[]): readonly string[] | null => {
  const index = args.indexOf('--cli');
  return index === -1 ? null : args.slice(index + 1);
};
