import { existsSync, readdirSync } from 'node:fs';

/** Names as ONNX Runtime knows them. */
export type ExecutionProviderName = 'cuda' | 'webgpu' | 'coreml' | 'dml' | 'cpu';

/** Preferred first; `cpu` is what everything falls back to (architecture.md, Processes). */
const byPlatform: Readonly<Partial<Record<NodeJS.Platform, readonly ExecutionProviderName[]>>> = {
  linux: ['cuda', 'webgpu', 'cpu'],
  darwin: ['webgpu', 'coreml', 'cpu'],
  win32: ['cuda', 'webgpu', 'dml', 'cpu'],
};

const linuxLibraryFolders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/lib'];

const hasLinuxLibrary = (prefix: string): boolean =>
  linuxLibraryFolders.some((folder) => existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(prefix)));

/**
 * Cheap reasons why a provider can't work on this machine, so that a CPU-only one is not made to try (a failed try logs to stderr and
 * costs start-up time). What passes may still fail when a session is made: sessions.ts then takes the next.
 */
const seemsUsable = (provider: ExecutionProviderName): boolean => {
  if (process.platform !== 'linux') return true;
  if (provider === 'cuda') return existsSync('/proc/driver/nvidia/version') && hasLinuxLibrary('libcudart.so');
  if (provider === 'webgpu') return existsSync('/dev/dri') && hasLinuxLibrary('libvulkan.so.1');
  return provider === 'cpu';
};

const isProviderName = (name: string): name is ExecutionProviderName => ['cuda', 'webgpu', 'coreml', 'dml', 'cpu'].includes(name);

/** `MASKDESK_EXECUTION_PROVIDERS` (comma-separated) as a list; null when it is not set. Unknown names are left out. */
export const providersFromEnv = (env: NodeJS.ProcessEnv = process.env): readonly ExecutionProviderName[] | null => {
  const names = env['MASKDESK_EXECUTION_PROVIDERS']?.split(',').map((name) => name.trim().toLowerCase());
  return names === undefined ? null : names.filter(isProviderName);
};

/**
 * The order in which providers are tried, ending in `cpu`.
 * @param wanted a person's choice, taken without a probe; null: this platform's table
 * @param suited what the model works well on; undefined: all
 */
export const providerOrder = (
  wanted: readonly ExecutionProviderName[] | null,
  suited?: readonly ExecutionProviderName[],
): readonly ExecutionProviderName[] => {
  const candidates = wanted ?? (byPlatform[process.platform] ?? []).filter(seemsUsable);
  const accelerated = candidates.filter((provider) => provider !== 'cpu' && (suited === undefined || suited.includes(provider)));
  return [...new Set(accelerated), 'cpu'];
};
