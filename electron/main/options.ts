import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoStoreFolder } from '../app/config.ts';

export interface HostOptions {
  /** A maskdesk.toml that somebody named; it says which store. */
  readonly configFile: string | null;
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
  const { values } = parseArgs({ args: [...args], options: { store: { type: 'string' }, config: { type: 'string' } }, strict: false, allowPositionals: true });
  const given = (value: unknown, name: string): string | null => (typeof value === 'string' && value !== '' ? value : env[name] || null);
  const namedConfig = given(values.config, 'MASKDESK_CONFIG');
  const named = given(values.store, 'MASKDESK_STORE');
  // A store that is named on the command line goes before a file that the environment names.
  const takesConfig = namedConfig !== null && (typeof values.config === 'string' || typeof values.store !== 'string');
  return {
    configFile: takesConfig ? resolve(workingFolder, namedConfig) : null,
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
