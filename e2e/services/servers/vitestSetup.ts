import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';
import { startRabbit } from './rabbitmq.ts';
import { startS3, type S3Access } from './s3.ts';

declare module 'vitest' {
  /** What a `*.server.test.ts` asks for by `inject(...)`; shared by all of them, so each makes a database, a virtual host or a prefix of its own. */
  interface ProvidedContext {
    /** A superuser's, of the database `postgres`. */
    readonly postgresUrl: string;
    /** Its user may do everything in every virtual host. */
    readonly rabbitUrl: string;
    readonly s3Access: S3Access;
  }
}

interface Running<T> {
  readonly value: T;
  end(): Promise<void>;
}

const alreadyRunning = <T>(value: T): Running<T> => ({ value, end: async () => undefined });

const postgres = async (): Promise<Running<string>> => {
  const given = process.env['MASKDESK_TEST_POSTGRES'];
  if (given !== undefined) return alreadyRunning(given);
  // What is lost when the machine dies is a test's.
  const server = await startPostgres({ settings: { fsync: 'off', max_connections: '200' } });
  return { value: server.url, end: () => server.dispose() };
};

const rabbit = async (): Promise<Running<string>> => {
  const given = process.env['MASKDESK_TEST_RABBITMQ'];
  if (given !== undefined) return alreadyRunning(given);
  const server = await startRabbit();
  return { value: server.url, end: () => server.stop() };
};

const s3 = async (): Promise<Running<S3Access>> => {
  const given = process.env['MASKDESK_TEST_S3'];
  if (given !== undefined) return alreadyRunning(accessIn(given));
  const server = await startS3();
  return { value: server.access, end: () => server.stop() };
};

/** @param url `http://key:secret@host:port/bucket` */
const accessIn = (url: string): S3Access => {
  const { origin, pathname, username, password } = new URL(url);
  return { endpoint: origin, bucket: pathname.slice(1), credentials: { accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password) } };
};

/**
 * Vitest's global set-up of the project `servers`: starts the three at once, those apart that a MASKDESK_TEST_ variable names.
 * @throws Error with the last words of one that does not start; the others are ended then
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const starts = await Promise.allSettled([postgres(), rabbit(), s3()] as const);
  const end = async (): Promise<void> => void (await Promise.all(starts.map(async (start) => start.status === 'fulfilled' && start.value.end())));
  const [postgresStart, rabbitStart, s3Start] = starts;
  if (postgresStart.status === 'rejected' || rabbitStart.status === 'rejected' || s3Start.status === 'rejected') {
    await end();
    throw starts.find((start) => start.status === 'rejected')?.reason;
  }
  project.provide('postgresUrl', postgresStart.value.value);
  project.provide('rabbitUrl', rabbitStart.value.value);
  project.provide('s3Access', s3Start.value.value);
  return end;
};
