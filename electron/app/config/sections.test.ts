import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../base/secret.ts';
import { sentenceOf } from '../../../shared/errors/errors.ts';
import { demoStoreFolder, loadConfig, readConfig } from '../config.ts';
import { environmentName } from './environment.ts';
import { nearestName } from './nearestName.ts';
import { sectionNames, sections } from './sections/index.ts';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-sections-'));
  env = { MASKDESK_DATA: join(folder, 'data') };
});
afterEach(() => rm(folder, { recursive: true }));

const file = async (text: string, name = 'maskdesk.toml'): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
const faultOf = async (text: string, more: NodeJS.ProcessEnv = {}): Promise<string> => {
  const configFile = await file(text);
  return loadConfig({ configFile }, { ...env, ...more }).then(() => '', sentenceOf);
};

const team = `
[store]
dsn = "postgres://ada:pass%20word@db.example:5433/matching?sslmode=require"
[blobs]
endpoint = "https://minio.example:9000"
bucket = "masks"
accessKey = "key"
secretKeyFile = "secret.txt"
[broker]
url = "amqp://ada:hidden@mq.example/vhost"
exchange = "product_video_matching"
[broker.topicNames]
"products.image.ready" = ["photos.ready"]
[paths]
style = "absolute"
prefix = "/app"
[models]
threshold = 0.4
gpuId = -1
[worker]
concurrency = 3
`;

describe('one file', () => {
  test('says everything; kinds follow from what is given', async () => {
    await file('a secret\n', 'secret.txt');
    const config = await loadConfig({ configFile: await file(team) }, env);
    expect(config.store.kind).toBe('postgres');
    expect(config.blobs).toMatchObject({ kind: 's3', endpoint: 'https://minio.example:9000', bucket: 'masks', cacheMegabytes: 4096 });
    expect(config.blobs.secretKey?.reveal()).toBe('a secret');
    expect(config.broker).toMatchObject({ kind: 'rabbitmq', exchange: 'product_video_matching', topicNames: { 'products.image.ready': ['photos.ready'] } });
    expect(config.settings).toMatchObject({ pathStyle: 'absolute', pathPrefix: '/app', threshold: 0.4, executionProviders: ['cpu'] });
    expect(config.worker).toMatchObject({ concurrency: 3, maxRetries: 5 });
    // What an embedded store keeps in its folder has a place of its own on this machine, which does not depend on who works there.
    expect(config.storeDir.startsWith(join(folder, 'data', 'teamStores', 'matching-'))).toBe(true);
    const asOther = await loadConfig({ configFile: await file(team.replace('ada:pass%20word', 'ben')) }, env);
    expect(asOther.storeDir).toBe(config.storeDir);
  });

  test('a GPU by its number goes to a provider that counts them, or is refused', async () => {
    const models = async (text: string) => loadConfig({ configFile: await file(`[models]\n${text}`) }, env);
    const onServer = process.platform === 'darwin' ? 'gpuId = 1\nexecutionProviders = ["cuda"]' : 'gpuId = 1';
    const config = await models(onServer);
    expect([config.gpuId, config.settings.executionProviders?.[0]]).toEqual([1, 'cuda']);
    expect((await models('gpuId = -1')).gpuId).toBeUndefined();
    await expect(models('gpuId = 0\nexecutionProviders = ["webgpu", "cuda"]')).rejects.toThrow('webgpu in executionProviders can not be told which GPU');
    await expect(models('gpuId = 0\nexecutionProviders = ["cpu"]')).rejects.toThrow('names the cpu alone');
  });

  test('every fault is told at once, with where it is, what was found and what is allowed', async () => {
    const message = await faultOf(`
[store]
port = "many"
pasword = "hunter2"
dsn = "mysql://root:hunter2@db/x"
[blobs]
endpoint = "ftp://x"
accessKey = "hunter2"
[worker]
concurrency = 0
[pictures]
maskOrientation = "sideways"
[quueue]
x = 1
`, { MAX_RETRIES: 'few', MASKDESK_STORE_DNS: 'x', MASKDESK_BROKER_EXCHANGE: '' });
    for (const part of [
      /^The configuration has 9 faults:/,
      /\[store\] port \(.*maskdesk.toml\): 'many' found; allowed is a whole number from 1 to 65535/,
      /\[store\] pasword .*password was meant\?/,
      /\[store\] dsn .*: \*\*\* found; allowed is postgres:\/\/user:password@host.* \(also POSTGRES_DSN\)/,
      /\[blobs\] endpoint .*'ftp:\/\/x' found; allowed is an address/,
      /\[worker\] concurrency .*: 0 found; allowed is a whole number from 1 to 256 \(also SERVICE_CONCURRENCY\)/,
      /\[worker\] maxRetries \(MAX_RETRIES\): 'few' found; allowed is a whole number from 0 to 1000/,
      /\[pictures\] maskOrientation .*'sideways' found; allowed is exif \| stored/,
      /\[quueue\] .*known are store/,
      /MASKDESK_STORE_DNS: there is no such setting; MASKDESK_STORE_DSN was meant\?/,
    ]) expect(message).toMatch(part);
    expect(message).not.toContain('hunter2');
  });

  test.each([
    ['[store]\nkind = "postgres"', /\[store\] dsn: .*neither dsn \(POSTGRES_DSN\) nor host/],
    ['[store]\nhost = "db"', /\[blobs\] root: the store is a server: name the data root/],
    ['[store]\nhost = "db"\n[blobs]\nroot = "."\n[broker]\nkind = "local"', /\[broker\] kind .*local is a file of an embedded store/],
    ['[blobs]\nendpoint = "http://x"', /\[blobs\] bucket: .*no bucket is named/],
    ['[blobs]\nbucket = "abc"\naccessKey = "a"', /\[blobs\] secretKey: accessKey and secretKey belong together/],
    ['[broker]\nkind = "rabbitmq"', /\[broker\] url: /],
    ['[store]\npasswordFile = "none.txt"', /\[store\] passwordFile .*none.txt can not be read \(ENOENT\)/],
    ['[paths]\nproductMasks = "data/masks/all.png"', /\[paths\] productMasks .*has no \{name\}/],
    ['store = 5', /\[store\] .*it is a table/],
  ])('what belongs together is missed: %j', async (text, expected) => {
    expect(await faultOf(text)).toMatch(expected);
  });

  test('a text that is no TOML is told by line, without the line: it may hold a password', async () => {
    const message = await faultOf('[store]\npassword = "hunter2\n');
    expect(message).toMatch(/it is not TOML: .*line 2/);
    expect(message).not.toContain('hunter2');
    await expect(loadConfig({ configFile: join(folder, 'none.toml') }, env)).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('there is no such file') as string });
  });
});

describe('what counts', () => {
  test('the environment before the file, our own names before shared ones, a host before both', async () => {
    const configFile = await file('[store]\nhost = "file"\n[blobs]\nroot = "photos"\n[worker]\nconcurrency = 2\nmaxRetries = 2\n');
    const config = await loadConfig({ configFile }, { ...env, SERVICE_CONCURRENCY: '5', MASKDESK_WORKER_CONCURRENCY: '6', MAX_RETRIES: '7', MASKDESK_STORE_HOST: 'environment' });
    expect(config.worker).toMatchObject({ concurrency: 6, maxRetries: 7 });
    expect(config.store.host).toBe('environment');
    expect(config.settings.dataRoot).toBe(join(folder, 'photos'));
    const given = await loadConfig({ tables: { store: { host: 'given' }, blobs: { root: folder } } }, { ...env, MASKDESK_CONFIG: configFile, POSTGRES_DSN: 'postgres://elsewhere/x' });
    expect(given.store).toMatchObject({ kind: 'postgres', host: 'given', dsn: undefined });
  });

  test('a store’s folder that a person names is that store, whatever the environment says of servers', async () => {
    const servers = { ...env, POSTGRES_DSN: 'postgres://db/x', MINIO_BUCKET: 'bucket', MASKDESK_CONFIG: join(folder, 'none.toml') };
    expect(await loadConfig({ storeDir: folder }, servers)).toMatchObject({ storeDir: folder, store: { kind: 'sqlite' }, blobs: { kind: 'disk' }, broker: { kind: 'local' } });
    // With a file of its own in it the folder is what the file says.
    await file('[store]\nhost = "db"\n[blobs]\nbucket = "masks"');
    expect(await loadConfig({ storeDir: folder }, env)).toMatchObject({ configFile: join(folder, 'maskdesk.toml'), store: { kind: 'postgres' } });
  });

  test('with nothing named it is the demo, or what the environment or the person’s own file says', async () => {
    expect(await loadConfig({}, env)).toMatchObject({ storeDir: demoStoreFolder(env), store: { kind: 'sqlite' }, configFile: null });
    expect((await loadConfig({}, { ...env, POSTGRES_DSN: 'postgres://db/x', MINIO_BUCKET: 'bucket' })).store.kind).toBe('postgres');
    // Vite's own, and other programs': not ours while nothing of the pipeline is named.
    expect(await loadConfig({}, { ...env, BASE_URL: '/', MAX_RETRIES: 'forever' })).toMatchObject({ store: { kind: 'sqlite' }, worker: { maxRetries: 5 } });
    const own = { MASKDESK_DATA: folder };
    await file('[store]\nhost = "db"\n[blobs]\nbucket = "masks"');
    expect((await loadConfig({}, own)).store.kind).toBe('postgres');
  });

  test('what maskdesk.toml says of an embedded store goes before its maskdesk.json; the rest of that stays', async () => {
    await file('[models]\nthreshold = 0.7');
    await file('{"threshold": 0.2, "model": "u2netp"}', 'maskdesk.json');
    expect((await loadConfig({ storeDir: folder }, env)).settings).toMatchObject({ threshold: 0.7, model: 'u2netp' });
  });

  test('secrets come from files as well, one of both alone', async () => {
    const path = await file('postgres://ada:pw@db/x\r\n', 'dsn');
    const config = await loadConfig({}, { ...env, POSTGRES_DSN_FILE: path, MINIO_BUCKET: 'bucket' });
    expect(config.store.dsn?.reveal()).toBe('postgres://ada:pw@db/x');
    await expect(loadConfig({}, { ...env, POSTGRES_DSN_FILE: path, POSTGRES_DSN: 'postgres://db/x' })).rejects.toThrow(/POSTGRES_DSN_FILE too/);
  });

  test('every key is set by its variable, as it is by the file', async () => {
    const samples: Record<string, string> = { MASKDESK_WORKER_PROGRESS_EVENTS: 'yes', MASKDESK_MODELS_EXECUTION_PROVIDERS: 'cuda, cpu', MASKDESK_BROKER_QUEUE_NAMES: '{"a": "b"}', MASKDESK_STORE_PORT: '5433' };
    const { sections: read } = await readConfig({}, { ...env, ...samples });
    expect(read.faults).toEqual([]);
    expect(read.values).toMatchObject({ worker: { progressEvents: true }, models: { executionProviders: ['cuda', 'cpu'] }, broker: { queueNames: { a: 'b' } }, store: { port: 5433 } });
    const names = sectionNames.flatMap((section) => Object.keys(sections[section].keys).map((key) => environmentName(section, key)));
    expect(new Set(names).size).toBe(names.length);
  });
});

test('a secret is not shown, whoever asks', async () => {
  const secret = new Secret('hunter2');
  expect([String(secret), JSON.stringify({ secret }), inspect({ secret }, { depth: 9, showHidden: true }), `${secret as unknown as string}`].join(' ')).not.toContain('hunter2');
  const config = await loadConfig({}, { ...env, MASKDESK_STORE_PASSWORD: 'hunter2', MASKDESK_BROKER_URL: 'amqp://a:hunter2@b', MINIO_BUCKET: 'bbb' });
  expect(JSON.stringify(config) + inspect(config, { depth: 9, showHidden: true })).not.toContain('hunter2');
});

test('the nearest name is the one with one letter wrong, and nothing is near a stranger', () => {
  const known = sectionNames.flatMap((section) => Object.keys(sections[section].keys));
  fc.assert(
    fc.property(fc.constantFrom(...known.filter((name) => name.length > 7)), fc.nat(), (name, at) => {
      const wrong = `${name.slice(0, at % name.length)}${name.slice((at % name.length) + 1)}`;
      const near = nearestName(wrong, known);
      expect(near).not.toBeNull();
      expect(Math.abs((near as string).length - wrong.length)).toBeLessThanOrEqual(1);
    }),
  );
  expect(nearestName('zzzzzzzzz', known)).toBeNull();
});
