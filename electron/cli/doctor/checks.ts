import { existsSync, statSync } from 'node:fs';
import { access, constants, mkdir, rm } from 'node:fs/promises';
import { arch, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../app/createApp.ts';
import { storeSettingsFile, type AppConfig } from '../../app/config.ts';
import { checkBlobsPart, checkBrokerPart } from '../../app/checkConnections.ts';
import type { SectionsRead } from '../../app/config/resolveSections.ts';
import { settingRows } from '../../app/config/settingsTable.ts';
import { createModels } from '../../app/createModels.ts';
import { appVersion } from '../../app/version.ts';
import { providerOrder, providersFromEnv } from '../../app/executionProviders.ts';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import { isExpected, type ExpectedError } from '../../../shared/errors/errors.ts';
import { gigabytes, megabytes } from '../text.ts';

export interface Finding {
  readonly check: string;
  /** warning: works, but something is missing that one would want. */
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** What to do; null when ok. */
  readonly fix: string | null;
}

const ok = (check: string, message: string): Finding => ({ check, status: 'ok', message, fix: null });
const warning = (check: string, message: string, fix: string): Finding => ({ check, status: 'warning', message, fix });
const failed = (check: string, message: string, fix: string): Finding => ({ check, status: 'failed', message, fix });
const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const versionFindings = (): readonly Finding[] => {
  const major = Number(process.versions.node.split('.')[0]);
  const node = `Node ${process.versions.node}${process.versions['electron'] === undefined ? '' : `, Electron ${process.versions['electron']}`}`;
  return [
    ok('maskdesk', `${appVersion()} on ${platform()} ${release()} ${arch()}, ${gigabytes(totalmem())} of memory`),
    major >= 22 ? ok('node', node) : failed('node', `${node} is too old for the store`, 'Use the Node that npm ci brings: npm run maskdesk'),
  ];
};

export const displayFinding = (env: NodeJS.ProcessEnv = process.env): Finding => {
  if (platform() !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return ok('display', 'there is one for the window');
  return warning('display', 'there is none: the command line works, the window does not', 'Log in to a desktop, or run: xvfb-run -a npm start');
};

/** @param faults what is wrong with the store's settings file and the environment; the other checks go on with what is right */
export const settingsFindings = ({ storeDir }: AppConfig, faults: readonly ExpectedError[]): readonly Finding[] => {
  const path = join(storeDir, storeSettingsFile);
  if (faults.length === 0) return [ok('settings', existsSync(path) ? `those of ${path} and the environment are right` : 'the defaults and the environment; the store has no settings file')];
  return faults.map((fault) => failed('settings', words(fault), `Mend it in ${fault.message.startsWith(path) ? path : 'the environment'}.`));
};

/** Writes and removes a file, as the store will. */
export const folderFinding = async (check: string, folder: string): Promise<Finding> => {
  const probe = join(folder, '.maskdesk-doctor');
  try {
    await mkdir(folder, { recursive: true });
    await writeFileAtomic(probe, 'written by maskdesk doctor');
    await rm(probe);
    await access(folder, constants.R_OK | constants.W_OK);
    return ok(check, `${folder} can be written`);
  } catch (error) {
    return failed(check, `${folder} can not be written: ${words(error)}`, 'Check who owns the folder and whether the disk is full.');
  }
};

export const providerFinding = (config: AppConfig): Finding => {
  const order = providerOrder(config.settings.executionProviders ?? providersFromEnv());
  return ok('execution providers', `tried in this order: ${order.join(', ')}; ${config.threads} threads`);
};

export const modelFindings = async (config: AppConfig): Promise<readonly Finding[]> => {
  const models = createModels(config);
  const findings = (await models.list()).map((model) => {
    const name = `weights ${model.modelId}`;
    const fix = `maskdesk models pull ${model.modelId}`;
    if (model.state === 'ready') return ok(name, `there, ${megabytes(model.sizeBytes)}`);
    if (model.state === 'corrupt') return failed(name, 'damaged', fix);
    return model.isDefault ? warning(name, 'not there; new masks need them', fix) : ok(name, 'not there (optional)');
  });
  const faults = (await models.faults()).map((fault) => warning(`descriptor ${fault.file}`, fault.reason, 'Mend or remove the file.'));
  return [...findings, ...faults];
};

/** Files and broker of a team's store: written to, and asked, for real. Of an embedded store the folder is looked at instead. */
export const serverFindings = async (config: AppConfig): Promise<readonly Finding[]> => {
  const found = [...(config.store.kind === 'sqlite' && config.blobs.kind === 'disk' ? [] : await checkBlobsPart(config)), ...(await checkBrokerPart(config))];
  if (config.broker.kind === 'none') found.push({ part: 'broker', isOk: true, message: 'none here: events wait in the database for a worker that has one', fix: null });
  return found.map(({ part, isOk, message, fix }) => (isOk ? ok(part, message) : failed(part, message, fix ?? '')));
};

/** A maskdesk.toml with passwords in it is for its owner's eyes. */
export const configFileFindings = ({ configFile }: AppConfig, { origins }: SectionsRead): readonly Finding[] => {
  if (configFile === null) return [];
  const isOpen = platform() !== 'win32' && (statSync(configFile, { throwIfNoEntry: false })?.mode ?? 0) % 0o100 !== 0;
  const secrets = settingRows().filter(({ section, key, isSecret }) => isSecret && origins.get(`${section}.${key}`) === configFile);
  if (!isOpen || secrets.length === 0) return [ok('maskdesk.toml', configFile)];
  return [warning('maskdesk.toml', `${configFile} holds secrets (${secrets.map(({ section, key }) => `[${section}] ${key}`).join(', ')}) and others may read it`, `chmod 600 ${configFile}, or name files of their own (passwordFile ...)`)];
};

/** Looks at the store, changing nothing, and asks it how it is. */
export const storeFindings = async (openApp: () => Promise<App>): Promise<readonly Finding[]> => {
  let app: App;
  try {
    app = await openApp();
  } catch (error) {
    if (isExpected(error, 'store_missing')) return [warning('store', words(error), 'maskdesk init --store DIR (a team’s: --config FILE), or npm run seed for the demo')];
    if (isExpected(error, 'store_unreachable')) return [failed('store', words(error), 'Check address and port ([store] dsn, POSTGRES_DSN), and whether the server runs and a firewall lets you through.')];
    if (isExpected(error, 'blobs_unreachable') || isExpected(error, 'broker_unreachable')) return []; // said by its own line
    return [failed('store', words(error), 'See the sentence; backups of an embedded store are in its backups folder.')];
  }
  const { store } = app.services;
  const health = await store.health();
  const pending = await store.publications.pendingCount();
  const unsent = await store.outbox.unsentCount();
  return [
    health.ok
      ? ok('store', `${store.location}, schema ${health.schemaVersion}`)
      : failed('store', health.findings.join(' '), 'maskdesk recover; if that does not help, go back to a copy in backups/'),
    pending + unsent === 0 ? ok('publications', 'nothing is pending') : warning('publications', `${pending} approvals and ${unsent} events are pending`, 'maskdesk recover'),
  ];
};
