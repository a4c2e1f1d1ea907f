import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

export interface PackageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A gzipped tarball as a registry holds it, and its `dist.integrity`. */
export const makeTarball = async (files: readonly PackageFile[]): Promise<{ bytes: Buffer; integrity: string }> => {
  const tar = pack();
  for (const { name, bytes } of files) tar.entry({ name: `package/${name}` }, Buffer.from(bytes));
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  const bytes = gzipSync(Buffer.concat(chunks));
  return { bytes, integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}` };
};

/** Takes a request instead of the server; false: the server goes on as usual. `count` is 1 for the first request of the tarball. */
export type Fault = (request: IncomingMessage, response: ServerResponse, count: number) => boolean;

export interface PackageServer {
  readonly url: string;
  /** Range headers of the tarball's requests, in order; null: without one. */
  readonly ranges: (string | null)[];
  fault: Fault | null;
  close(): Promise<void>;
}

/** A real package registry in small: a version's page and its tarball, with ranges and strong tags; faults on demand. */
export const startPackageServer = async (packageName: string, version: string, tarball: Buffer): Promise<PackageServer> => {
  const etag = `"${createHash('sha256').update(tarball).digest('hex')}"`;
  const ranges: (string | null)[] = [];
  const server: Server = createServer((request, response) => {
    if (request.url === `/${packageName.replace('/', '%2f')}/${version}`) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ name: packageName, version, dist: { tarball: `${handle.url}tarball.tgz` } }));
      return;
    }
    if (request.url !== '/tarball.tgz') return void response.writeHead(404).end();
    ranges.push(request.headers.range ?? null);
    if (handle.fault?.(request, response, ranges.length) === true) return;
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start > 0 && start >= tarball.length) return void response.writeHead(416, { 'content-range': `bytes */${tarball.length}` }).end();
    const partial = start > 0 && (request.headers['if-range'] ?? etag) === etag;
    const body = partial ? tarball.subarray(start) : tarball;
    response.writeHead(partial ? 206 : 200, {
      etag,
      'accept-ranges': 'bytes',
      'content-length': body.length,
      ...(partial ? { 'content-range': `bytes ${start}-${tarball.length - 1}/${tarball.length}` } : {}),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const handle: PackageServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ranges,
    fault: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return handle;
};
