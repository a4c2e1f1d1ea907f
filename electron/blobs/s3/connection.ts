import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
import { fileError } from '../../base/fileError.ts';
import { BugError } from '../../../shared/errors/errors.ts';
import { withContentMd5 } from './contentMd5.ts';
import type { S3BlobOptions } from './options.ts';
import { troubleOf } from './trouble.ts';

export interface S3Connection {
  /** `minio.example:9000`; for sentences. */
  readonly host: string;
  /** One attempt a request: `attempt` repeats whole operations, bodies included. */
  readonly client: S3Client;
  /** The parts of an upload are repeated one by one. */
  readonly partClient: S3Client;
  /** Signs links for those outside. */
  readonly linkClient: S3Client;
  /**
   * Runs it until it succeeds, fails for good or the deadline is over, with growing, random pauses.
   * @param key the file that it is about, for the sentence
   * @param onUnanswered told of each try that was not clearly refused: it may have been done, or be done yet
   * @throws ExpectedError blob_missing, permission_denied, disk_full, invalid_input, blobs_unreachable
   */
  readonly attempt: <T>(operation: () => Promise<T>, key?: string, onUnanswered?: () => void) => Promise<T>;
}

const firstPauseMs = 100;
const longestPauseMs = 4_000;
const connectTimeoutMs = 5_000;
/** Beyond that many at once requests wait for each other here, instead of at a server that then answers SlowDown. */
const maxConnections = 50;
const partAttempts = 5;

const hostOf = (options: S3BlobOptions): string => (options.endpoint === undefined ? `s3.${options.region ?? 'us-east-1'}.amazonaws.com` : new URL(options.endpoint).host);

/** @throws ExpectedError permission_denied, file_unreadable where the authority's file can't be read */
export const connectS3 = async (options: S3BlobOptions): Promise<S3Connection> => {
  const { caFile, bucket, deadlineMs = 30_000, stallTimeoutMs = 15_000 } = options;
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8').catch((error: unknown) => Promise.reject(fileError(error, caFile)));
  const host = hostOf(options);
  const makeClient = (changes: Partial<S3ClientConfig>): S3Client => {
    const agentOptions = { keepAlive: true, maxSockets: maxConnections };
    const client = new S3Client({
      region: options.region ?? 'us-east-1',
      forcePathStyle: options.forcePathStyle ?? options.endpoint !== undefined,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
      ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
      // The newer kinds of checksum break servers that do not know them; Content-MD5 is understood by all.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: connectTimeoutMs,
        socketTimeout: stallTimeoutMs,
        httpAgent: new HttpAgent(agentOptions),
        httpsAgent: new HttpsAgent({ ...agentOptions, ...(ca === undefined ? {} : { ca }) }),
      },
      ...changes,
    });
    withContentMd5(client);
    return client;
  };
  const client = makeClient({});

  const attempt: S3Connection['attempt'] = async (operation, key, onUnanswered) => {
    const place = { host, bucket, ...(key === undefined ? {} : { key }) };
    try {
      return await pRetry(operation, {
        retries: Number.MAX_SAFE_INTEGER,
        maxRetryTime: deadlineMs,
        minTimeout: firstPauseMs,
        maxTimeout: longestPauseMs,
        randomize: true,
        onFailedAttempt: ({ error }) => {
          if (troubleOf(error, place)?.isPassing !== false) onUnanswered?.();
        },
        shouldRetry: ({ error }) => troubleOf(error, place)?.isPassing === true,
      });
    } catch (error) {
      throw troubleOf(error, place)?.error ?? error;
    }
  };

  return {
    host,
    client,
    partClient: makeClient({ maxAttempts: partAttempts }),
    linkClient: options.linkEndpoint === undefined ? client : makeClient({ endpoint: options.linkEndpoint, forcePathStyle: true }),
    attempt,
  };
};

/** For what S3's protocol says is always there. @throws BugError */
export const given = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new BugError(`S3 answered without ${what}`);
  return value;
};
