/**
 * The process of the S3 server for tests (s3.ts starts it). npm's s3rver keeps objects in files, but writes them in place, checks no digest and
 * knows no abandoned uploads; S3 does all of that, and our promises rest on it, so it is put right here:
 * - an object appears whole, once its last byte has come and its length and digests agree, or not at all;
 * - lists are in the order of keys; uploads in parts can be listed and aborted; nobody comes in without a signature.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Fault } from './s3.ts';

interface Settings {
  readonly folder: string;
  readonly bucket: string;
  readonly host: string;
  readonly port: number;
  readonly keyFile?: string;
  readonly certificateFile?: string;
}

interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: Readable | Buffer;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Stored {
  readonly size: number;
  readonly md5: string;
}

interface Listing {
  readonly objects: readonly unknown[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
}

interface FilesystemStore {
  getBucketPath(bucket: string): string;
  getResourcePath(bucket: string, key: string | undefined, resource: string): string;
  getMetadata(bucket: string, key: string): Promise<object>;
  putMetadata(bucket: string, key: string, metadata: object, md5: string): Promise<void>;
  getObject(bucket: string, key: string, options?: object): Promise<unknown>;
  putObject(object: StoredObject): Promise<Stored>;
  putPart(bucket: string, uploadId: string, partNumber: string, content: IncomingMessage): Promise<Stored>;
  listObjects(bucket: string, options: { startAfter?: string; prefix?: string; maxKeys?: number; delimiter?: string }): Promise<Listing>;
}

interface Context {
  readonly req: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  status: number;
  body: unknown;
}

interface Server {
  readonly store: FilesystemStore;
  readonly middleware: ((ctx: Context, next: () => Promise<void>) => Promise<void>)[];
  run(): Promise<unknown>;
}

const settings = JSON.parse(process.argv[2] ?? '') as Settings;
const require = createRequire(import.meta.url);
const S3rver = require('s3rver') as new (options: object) => Server;
const S3Error = require('s3rver/lib/models/error') as new (code: string, message: string, detail?: object) => Error & { status: number };
const S3Object = require('s3rver/lib/models/object') as new (bucket: string, key: string, content: null, metadata: object) => unknown;

const refusal = (status: number, code: string, message: string): Error => Object.assign(new S3Error(code, message), { status });

const server = new S3rver({
  address: settings.host,
  port: settings.port,
  directory: settings.folder,
  silent: true,
  vhostBuckets: false,
  configureBuckets: [{ name: settings.bucket }],
  ...(settings.keyFile === undefined ? {} : { key: readFileSync(settings.keyFile), cert: readFileSync(settings.certificateFile ?? '') }),
});
const { store } = server;

let last: Promise<unknown> = Promise.resolve();
const oneAtATime = <T>(section: () => Promise<T>): Promise<T> => {
  const turn = last.then(section);
  last = turn.catch(() => undefined);
  return turn;
};

/** Writes a body beside its place and checks it. @returns the file's path, and what it holds */
const receive = async (folder: string, content: Readable | Buffer, headers: Readonly<Record<string, string>>): Promise<Stored & { path: string }> => {
  const path = join(folder, `.receiving-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  let size = 0;
  try {
    const source = Buffer.isBuffer(content) ? [content] : content;
    const counted = async function* (bytes: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of bytes) {
        md5.update(chunk);
        sha256.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    };
    await pipeline(source, counted, createWriteStream(path));
    const [md5Digest, sha256Digest] = [md5.digest(), sha256.digest('hex')];
    const askedMd5 = headers['content-md5'];
    const askedSha256 = headers['x-amz-content-sha256'];
    if (askedMd5 !== undefined && askedMd5 !== md5Digest.toString('base64')) throw refusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
    if (askedSha256 !== undefined && /^[0-9a-f]{64}$/.test(askedSha256) && askedSha256 !== sha256Digest) {
      throw refusal(400, 'XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    if (headers['content-length'] !== undefined && Number(headers['content-length']) !== size) throw refusal(400, 'IncompleteBody', 'The body ended before its length.');
    return { path, size, md5: md5Digest.toString('hex') };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};

store.putObject = async ({ bucket, key, content, metadata }) => {
  const place = store.getResourcePath(bucket, key, 'object');
  // An object that is put together from parts has no header of its own length.
  const { path, size, md5 } = await receive(dirname(place), content, 'x-amz-date' in metadata || 'authorization' in metadata ? metadata : {});
  await oneAtATime(async () => {
    await rename(path, place);
    await store.putMetadata(bucket, key, metadata, md5);
  });
  return { size, md5 };
};

// What an object is (size, digest) and its bytes are files of their own: nobody may come between them.
const getObject = store.getObject.bind(store);
store.getObject = (...request) => oneAtATime(() => getObject(...request));

const uploadsFolder = (bucket: string): string => store.getResourcePath(bucket, undefined, 'uploads');

store.putPart = async (bucket, uploadId, partNumber, content) => {
  const folder = join(uploadsFolder(bucket), uploadId);
  const { path, size, md5 } = await receive(folder, content, content.headers as Record<string, string>);
  await rename(path, join(folder, partNumber));
  await writeFile(join(folder, `${partNumber}.md5`), md5);
  return { size, md5 };
};

const objectSuffix = '._S3rver_object';

store.listObjects = async (bucket, { startAfter = '', prefix = '', maxKeys = 1000 }) => {
  const names = await readdir(store.getBucketPath(bucket), { recursive: true });
  const keys = names
    .filter((name) => name.endsWith(objectSuffix) && !name.includes('.receiving-'))
    .map((name) => name.slice(0, -objectSuffix.length))
    .filter((key) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(startAfter)) > 0)
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const objects = await Promise.all(
    keys.slice(0, maxKeys).map((key) => store.getMetadata(bucket, key).then((metadata) => new S3Object(bucket, key, null, metadata), () => null)),
  );
  return { objects: objects.filter((object) => object !== null), commonPrefixes: [], isTruncated: keys.length > maxKeys };
};

const abortUpload = (bucket: string, uploadId: string): Promise<void> => rm(join(uploadsFolder(bucket), uploadId), { recursive: true, force: true });

const listUploads = async (bucket: string, prefix: string): Promise<object> => {
  const folder = uploadsFolder(bucket);
  const ids = await readdir(folder).catch(() => []);
  const uploads = await Promise.all(
    ids.map(async (id) => ({ Key: await readFile(join(folder, id, 'key'), 'utf8'), UploadId: id, Initiated: (await stat(join(folder, id, 'key'))).mtime.toISOString() })),
  );
  const within = uploads.filter(({ Key }) => Key.startsWith(prefix));
  return { ListMultipartUploadsResult: { '@': { xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/' }, Bucket: bucket, IsTruncated: false, Upload: within } };
};

let faults: { fault: S3Fault; left: number }[] = [];
const counts: Record<string, number> = {};

/** Runs within s3rver's own error handling and XML writing, which come first. */
server.middleware.splice(-1, 0, async (ctx, next) => {
  counts[ctx.method] = (counts[ctx.method] ?? 0) + 1;
  const planned = faults.find(({ fault }) => fault.method === undefined || fault.method === ctx.method);
  if (planned !== undefined) {
    planned.left--;
    faults = faults.filter(({ left }) => left > 0);
    ctx.req.resume();
    throw refusal(planned.fault.status, planned.fault.code, 'Asked for by the test.');
  }
  if (!('authorization' in ctx.headers) && !('X-Amz-Signature' in ctx.query)) throw refusal(403, 'AccessDenied', 'Access Denied');
  const bucket = ctx.path.split('/')[1] ?? '';
  if (ctx.method === 'DELETE' && ctx.query['uploadId'] !== undefined) {
    await abortUpload(bucket, ctx.query['uploadId']);
    ctx.status = 204;
  } else if (ctx.method === 'GET' && 'uploads' in ctx.query) {
    ctx.body = await listUploads(bucket, ctx.query['prefix'] ?? '');
  } else await next();
});

process.on('message', (question: { fault?: S3Fault; count?: boolean }) => {
  if (question.fault !== undefined) faults.push({ fault: question.fault, left: question.fault.times ?? 1 });
  process.send?.(question.count === true ? counts : 'noted');
});
process.on('disconnect', () => process.exit(0));

await server.run();
process.send?.('ready');
