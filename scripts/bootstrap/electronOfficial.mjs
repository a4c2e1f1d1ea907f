import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runChild } from './child.mjs';
import { cacheFolder, inRoot } from './folders.mjs';
import { say, withProgress } from './progress.mjs';
import { appNode } from './versions.mjs';

/**
 * The official Electron binary. Its npm package brings an installer that fetches it from Electron's release host; where that host is
 * out of reach, the try is remembered for a day, so that an offline start does not wait for it.
 */
const packageFolder = inRoot('node_modules', 'electron');
const dayMs = 24 * 60 * 60 * 1000;
const reachTimeoutMs = 8_000;
const downloadTimeoutMs = 15 * 60 * 1000;

export const officialVersion = () => JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;

/** @returns {{folder: string, version: string} | null} */
export const installedOfficial = () => {
  try {
    const version = readFileSync(join(packageFolder, 'dist', 'version'), 'utf8').trim().replace(/^v/, '');
    // path.txt is the last thing that the installer writes.
    return version === officialVersion() && existsSync(join(packageFolder, 'path.txt')) ? { folder: join(packageFolder, 'dist'), version } : null;
  } catch {
    return null;
  }
};

const failureNote = () => join(cacheFolder(), 'electron', `official-${officialVersion()}.unreachable`);

export const failedToday = (note = failureNote(), nowMs = Date.now()) => {
  try {
    return nowMs - statSync(note).mtimeMs < dayMs;
  } catch {
    return false;
  }
};

const rememberFailure = (reason) => {
  mkdirSync(dirname(failureNote()), { recursive: true });
  writeFileSync(failureNote(), `${reason}\n`);
};

/** Asks the host, by the same rules as the installer (mirrors, proxies), before a download of 100 MB is begun. */
const hostAnswers = async () => {
  const { code, stdout, stderr } = await runChild(appNode, [inRoot('scripts', 'bootstrap', 'electronReach.mjs'), officialVersion()], {
    capture: true,
    timeoutMs: reachTimeoutMs,
  });
  return { answers: code === 0, reason: (stdout || stderr).trim().split('\n').at(-1) || `no answer within ${reachTimeoutMs / 1000} s` };
};

/** @returns {Promise<{folder: string, version: string} | null>} null when it can't be had from here today */
export const fetchOfficial = async () => {
  if (failedToday()) return null;
  const { answers, reason } = await hostAnswers();
  if (!answers) {
    rememberFailure(reason);
    say(`Electron's release host can't be reached (${reason}); asked again tomorrow`);
    return null;
  }
  const { code } = await withProgress(`fetching Electron ${officialVersion()}`, () =>
    runChild(appNode, [join(packageFolder, 'install.js')], { timeoutMs: downloadTimeoutMs }),
  );
  const installed = installedOfficial();
  if (code === 0 && installed !== null) {
    rmSync(failureNote(), { force: true });
    return installed;
  }
  rememberFailure(`the installer ended with ${code}`);
  say('Electron could not be fetched from its release host; asked again tomorrow');
  return null;
};
