import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';

/**
 * Every body goes out with its MD5, which every server checks before it keeps the bytes (a bit that flips on the way is refused as BadDigest). Parts of an upload
 * too, which the library that sends them does not do. MD5 guards against accidents alone; what a mask is said to be is checked by its SHA-256 elsewhere.
 */
export const withContentMd5 = (client: S3Client): void => {
  client.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as { Body?: unknown; ContentMD5?: string };
      if (!(input.Body instanceof Uint8Array)) return next(args);
      const ContentMD5 = createHash('md5').update(input.Body).digest('base64');
      return next({ ...args, input: { ...args.input, ContentMD5 } });
    },
    { step: 'initialize', name: 'contentMd5' },
  );
};
