import { dirname, join, resolve } from 'node:path';
import type { StoreSettings } from '../storeSettings.ts';
import type { BlobsPart, BrokerPart, StorePart } from '../config.ts';
import { environmentLayer } from './environment.ts';
import type { Fault } from './fault.ts';
import { keyName, type Layer } from './layer.ts';
import { resolveSections, type SectionsRead } from './resolveSections.ts';
import { sectionNames, sections, type SectionName } from './sections/index.ts';
import type { SettingsOf } from './setting.ts';
import { configFile, layerOfTables, readTomlFile } from './tomlFile.ts';

export interface SectionsSource {
  /** A store's folder that a person named. */
  readonly storeDir: string | undefined;
  /** A file that a person named. */
  readonly configFile: string | undefined;
  /** Tables that a host brings along. */
  readonly tables: Readonly<Record<string, unknown>> | undefined;
  readonly dataDir: string;
  readonly workingFolder: string;
}

/** The tables, and which kinds of store, files and broker they amount to. */
export interface SectionsFound extends SectionsRead {
  readonly store: StorePart;
  readonly blobs: BlobsPart;
  readonly broker: BrokerPart;
  /** Of an embedded store; null: nobody named one. */
  readonly storeDir: string | null;
  readonly configFile: string | null;
}

interface FileFound {
  readonly path: string | null;
  readonly layer: Layer;
  /** The folder whose store is meant where the file names none. */
  readonly folder: string | null;
}
const noLayer: Layer = { written: new Map(), faults: [] };

/** The file that counts: the one that is named, that of the named store, or the person's own. */
const findFile = async ({ storeDir, configFile: named, dataDir, workingFolder }: SectionsSource, env: NodeJS.ProcessEnv): Promise<FileFound> => {
  const fromEnv = env['MASKDESK_CONFIG'] || undefined;
  // A store that is named on the command line goes before a file that the environment names.
  const path = named ?? (storeDir === undefined && fromEnv !== undefined ? resolve(workingFolder, fromEnv) : undefined);
  if (path !== undefined) {
    const layer = await readTomlFile(path);
    const missing: Fault = { section: '', key: '', where: path, message: 'there is no such file (--config, MASKDESK_CONFIG)' };
    return { path, layer: layer ?? { written: new Map(), faults: [missing] }, folder: dirname(path) };
  }
  const storeFolder = storeDir ?? (env['MASKDESK_STORE'] ? resolve(workingFolder, env['MASKDESK_STORE']) : undefined);
  for (const folder of storeFolder === undefined ? [dataDir] : [storeFolder]) {
    const file = join(folder, configFile);
    const layer = await readTomlFile(file);
    if (layer !== null) return { path: file, layer, folder: storeFolder === undefined ? null : folder };
  }
  return { path: null, layer: noLayer, folder: null };
};

/** BASE_URL or MAX_RETRIES alone are some other program's: shared names count where somebody has named one of the pipeline's servers, too. */
const namesServers = (env: NodeJS.ProcessEnv): boolean =>
  ['POSTGRES_DSN', 'MINIO_ENDPOINT', 'MINIO_BUCKET', 'MASKDESK_STORE_DSN', 'MASKDESK_STORE_HOST', 'MASKDESK_BROKER_URL', 'MASKDESK_BLOBS_BUCKET'].some((name) => env[name] || env[`${name}_FILE`]);

export const readSections = async (source: SectionsSource, env: NodeJS.ProcessEnv): Promise<SectionsFound> => {
  const given = source.tables === undefined ? noLayer : layerOfTables(source.tables, 'the connection', source.workingFolder);
  const file = source.tables === undefined ? await findFile(source, env) : { path: null, layer: noLayer, folder: null };
  /** A folder without a file of its own is an embedded store, whatever the environment says of servers. */
  const isEmbedded = source.storeDir !== undefined && file.path === null;
  const takesSharedNames = !isEmbedded && source.tables === undefined && (file.path !== null || (!env['MASKDESK_STORE'] && namesServers(env)));
  const environment = environmentLayer(env, { workingFolder: source.workingFolder, takesSharedNames });
  const read = resolveSections([given, environment, file.layer], env);
  const { store, blobs, broker } = read.values;
  const storeKind = isEmbedded ? 'sqlite' : (store.kind ?? (store.dsn !== undefined || store.host !== undefined ? 'postgres' : 'sqlite'));
  const blobsKind = blobs.kind ?? (blobs.bucket !== undefined ? 's3' : 'disk');
  const brokerKind = broker.kind ?? (broker.url !== undefined ? 'rabbitmq' : storeKind === 'sqlite' ? 'local' : 'none');
  const faults: Fault[] = [...read.faults];
  const said = (section: SectionName, key: string): string | null => read.origins.get(keyName(section, key)) ?? null;
  if (storeKind === 'postgres') {
    if (source.storeDir !== undefined && source.configFile !== undefined) faults.push({ section: 'store', key: 'folder', where: '--store', message: `${source.configFile} names a PostgreSQL store; leave out --store` });
    if (blobsKind === 'disk' && said('blobs', 'root') === null) {
      faults.push({ section: 'blobs', key: 'root', where: null, message: 'the store is a server: name the data root, a folder that everybody sees (MASKDESK_BLOBS_ROOT), or an object store’s bucket (MINIO_BUCKET)' });
    }
    if (brokerKind === 'local') faults.push({ section: 'broker', key: 'kind', where: said('broker', 'kind'), message: 'local is a file of an embedded store; with a server it is rabbitmq, or none' });
  }
  const storeDir = source.storeDir ?? (env['MASKDESK_STORE'] ? resolve(source.workingFolder, env['MASKDESK_STORE']) : (store.folder ?? file.folder));
  return {
    ...read,
    faults,
    store: { ...store, kind: storeKind },
    blobs: { ...blobs, kind: blobsKind },
    broker: { ...broker, kind: brokerKind },
    storeDir,
    configFile: file.path,
  };
};

/** Which of the tables' keys that somebody has set are settings of a store as well: maskdesk.json's name to section and key. */
export const storeKeys = (origins: ReadonlyMap<string, string>): Readonly<Partial<Record<keyof StoreSettings, readonly [SectionName, string]>>> => {
  const found: Partial<Record<keyof StoreSettings, readonly [SectionName, string]>> = {};
  for (const section of sectionNames) {
    for (const [key, { storeKey }] of Object.entries(sections[section].keys as SettingsOf)) {
      if (storeKey !== undefined && origins.has(keyName(section, key))) found[storeKey] = [section, key];
    }
  }
  return found;
};

