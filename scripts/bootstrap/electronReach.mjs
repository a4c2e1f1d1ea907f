/**
 * Asks Electron's release host for the first byte of the file that the installer would fetch; exit 0 when it is there (or cached).
 * Run with npm's Node 24 after `npm ci`. The address comes from Electron's own downloader, so that mirrors and proxies count.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const version = process.argv[2];
const electron = createRequire(import.meta.url).resolve('electron/package.json');
const { downloadArtifact } = await import(pathToFileURL(createRequire(electron).resolve('@electron/get')).href);
const checksums = createRequire(electron)('./checksums.json');

/** Thrown to end the download once the host has answered. */
class Reached extends Error {}

const askOnly = {
  async download(url) {
    const response = await fetch(url, { headers: { range: 'bytes=0-0' }, signal: AbortSignal.timeout(6_000) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    throw new Reached();
  },
};

try {
  await downloadArtifact({ version, artifactName: 'electron', platform: process.platform, arch: process.arch, checksums, downloader: askOnly });
} catch (error) {
  if (!(error instanceof Reached)) {
    console.log(error.cause?.code ?? error.message);
    process.exitCode = 1;
  }
}
