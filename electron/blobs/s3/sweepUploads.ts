import { AbortMultipartUploadCommand } from '@aws-sdk/client-s3';
import { isExpected } from '../../../shared/errors/errors.ts';
import { isInScope, type SweepScope } from '../sweepScope.ts';
import type { S3Connection } from './connection.ts';
import { listUploads } from './list.ts';
import type { S3Root } from './root.ts';

interface Sweep extends SweepScope {
  readonly abandonedAfterMs: number;
  readonly nowMs: number;
}

/** Servers without such a list keep nothing of an upload that could be swept. */
const isNotOffered = (error: unknown): boolean => {
  const name = isExpected(error) ? (error.cause as Error | undefined)?.name : (error as Error).name;
  return name === 'NotImplemented' || name === 'MethodNotAllowed';
};

/**
 * Aborts uploads in parts that nobody can be at any more, judged by their age: an upload carries no writer's name. Their parts are paid for until then.
 * @returns how many
 */
export const sweepUploads = async (connection: S3Connection, root: S3Root, sweep: Sweep): Promise<number> => {
  let removed = 0;
  try {
    for await (const upload of listUploads(connection, root)) {
      const key = root.keyOf(upload.object);
      const startedMs = upload.Initiated?.getTime() ?? sweep.nowMs;
      if (key === null || upload.UploadId === undefined || !isInScope(key, sweep) || sweep.nowMs - startedMs < sweep.abandonedAfterMs) continue;
      const { UploadId } = upload;
      await connection.attempt(() => connection.client.send(new AbortMultipartUploadCommand({ Bucket: root.bucket, Key: upload.object, UploadId })), key);
      removed++;
    }
  } catch (error) {
    if (isNotOffered(error)) return removed;
    if (sweep.onUnreadable === undefined) throw error;
    sweep.onUnreadable(error);
  }
  return removed;
};
