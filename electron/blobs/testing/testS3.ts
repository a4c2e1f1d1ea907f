import { randomUUID } from 'node:crypto';
import { startS3, type S3Server } from '../../../e2e/services/servers/s3.ts';
import type { S3BlobOptions } from '../s3/options.ts';

/** A server of this test file's own, to be stopped and troubled as it likes. */
export const startTestS3 = (): Promise<S3Server> => startS3();

/** Options with a data root of its own in the server's bucket, and little patience. */
export const optionsFor = ({ access }: Pick<S3Server, 'access'>, changes: Partial<S3BlobOptions> = {}): S3BlobOptions => ({
  ...access,
  prefix: `tests/${randomUUID()}`,
  stallTimeoutMs: 2_000,
  deadlineMs: 10_000,
  ...changes,
});
