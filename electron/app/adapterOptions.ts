import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Logger } from '../base/logger.ts';
import type { DiskBlobOptions } from '../blobs/disk.ts';
import type { S3BlobOptions } from '../blobs/s3/options.ts';
import type { RabbitOptions } from '../brokers/rabbitmq/options.ts';
import type { PostgresStoreOptions } from '../store/postgres/postgresOptions.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { AppConfig } from './config.ts';
import { writtenFolders } from './writtenFolders.ts';

type Given<Values extends object> = { [Key in keyof Values as Key]-?: Exclude<Values[Key], undefined> };

/** What is undefined is left out: an adapter then has its own default. */
const given = <Values extends object>(values: Values): Partial<Given<Values>> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Given<Values>>;

/** A certificate's text. @throws ExpectedError file_unreadable */
const pemText = (path: string | undefined): string | undefined => {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ExpectedError('file_unreadable', `The certificate ${path} can not be read: ${(error as Error).message}`, { cause: error });
  }
};

const ms = (seconds: number): number => Math.round(seconds * 1000);

/** @throws ExpectedError file_unreadable (a certificate) */
export const postgresOptions = ({ store, create, readOnly }: AppConfig, clock: Clock): PostgresStoreOptions => ({
  ...given({
    url: store.dsn?.reveal(),
    host: store.host,
    port: store.port,
    database: store.database,
    user: store.user,
    password: store.password?.reveal(),
    pipelineSchema: store.pipelineSchema,
    ...(store.tls === undefined ? {} : { tls: { mode: store.tls, ...given({ ca: pemText(store.tlsCa), cert: pemText(store.tlsCertificate), key: pemText(store.tlsKey) }) } }),
  }),
  create: create || store.createPipelineTables,
  readOnly,
  clock,
  poolSize: store.poolSize,
  patienceMs: ms(store.patienceSeconds),
  statementTimeoutMs: ms(store.statementTimeoutSeconds),
  lockTimeoutMs: ms(store.lockTimeoutSeconds),
});

const pathsOf = ({ settings }: AppConfig) => ({ style: settings.pathStyle, ...(settings.pathPrefix === '' ? {} : { prefix: settings.pathPrefix }) });
const sweepFoldersOf = ({ settings }: AppConfig) => writtenFolders([settings.productMaskPath, settings.keyframeMaskPath]);

export const s3Options = (config: AppConfig, onUnreadable: (error: unknown) => void): S3BlobOptions => {
  const { blobs, create } = config;
  const { accessKey, secretKey, sessionToken } = blobs;
  return {
    ...given({ endpoint: blobs.endpoint, forcePathStyle: blobs.forcePathStyle, caFile: blobs.tlsCa, linkEndpoint: blobs.baseUrl }),
    ...(accessKey === undefined || secretKey === undefined ? {} : { credentials: { accessKeyId: accessKey.reveal(), secretAccessKey: secretKey.reveal(), ...given({ sessionToken: sessionToken?.reveal() }) } }),
    bucket: blobs.bucket ?? '',
    prefix: blobs.prefix,
    region: blobs.region,
    create: create || blobs.createBucket,
    readOnly: config.readOnly,
    paths: pathsOf(config),
    linkExpiryS: blobs.presignedUrlExpirySeconds,
    stallTimeoutMs: ms(blobs.stallTimeoutSeconds),
    deadlineMs: ms(blobs.deadlineSeconds),
    sweepFolders: sweepFoldersOf(config),
    onUnreadable,
  };
};

/** The data root is made where it is missing for an embedded store alone: a team's is there, or its disk is not mounted. */
export const diskOptions = (config: AppConfig, onUnreadable: (error: unknown) => void): DiskBlobOptions => ({
  root: resolve(config.storeDir, config.settings.dataRoot),
  create: !config.readOnly && (config.store.kind === 'sqlite' || config.create),
  paths: pathsOf(config),
  sweepFolders: sweepFoldersOf(config),
  onUnreadable,
});

export const rabbitOptions = ({ broker }: AppConfig, clock: Clock, logger: Logger, connectionName: string): RabbitOptions => {
  const tls = given({ caPem: pemText(broker.tlsCa), certificatePem: pemText(broker.tlsCertificate), keyPem: pemText(broker.tlsKey), keyPassphrase: broker.tlsKeyPassphrase?.reveal() });
  return {
    url: broker.url?.reveal() ?? '',
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
    clock,
    logger,
    exchange: broker.exchange,
    topicNames: broker.topicNames,
    queueNames: broker.queueNames,
    unroutable: broker.unroutable,
    confirmTimeoutMs: ms(broker.confirmTimeoutSeconds),
    connectTimeoutMs: ms(broker.connectTimeoutSeconds),
    heartbeatSeconds: broker.heartbeatSeconds,
    backoff: { firstMs: ms(broker.retryFirstSeconds), maxMs: ms(broker.retryLongestSeconds) },
    connectionName,
  };
};

/** Where copies of objects are kept on this machine. */
export const blobCacheFolder = ({ blobs, cacheDir }: AppConfig): string => blobs.cacheFolder ?? join(cacheDir, 'blobs');
