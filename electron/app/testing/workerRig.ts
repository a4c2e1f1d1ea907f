import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asId, type AssetId, type JobId, type ModelId, type ProductId } from '../../../shared/domain/ids.ts';
import { sha256Hex } from '../../base/hash.ts';
import { RabbitSide } from '../../brokers/rabbitmq/testing/rabbitSide.ts';
import { redChannelModel } from '../../inference/testing/onnxWriter.ts';
import { encodePng } from '../../imaging/index.ts';
import { createTestDatabases } from '../../store/testing/postgresFixture.ts';
import { loadConfig } from '../config.ts';
import { createApp, type App } from '../createApp.ts';
import { createModels, describeUserModel } from '../createModels.ts';
import { WorkerProcess } from './workerProcess.ts';

const modelId = asId<ModelId>('red');
const productId = asId<ProductId>('product');
const [widthPx, heightPx] = [60, 40];
export const imageTopic = 'products.image.ready';
export const imageBatchTopic = 'products.images.ready.batch';
const inTopics = [imageTopic, 'products.images.ready', imageBatchTopic, 'videos.keyframes.ready', 'video.keyframes.ready', 'videos.keyframes.ready.batch', 'video.keyframes.ready.batch'];
const outTopics = ['products.image.masked', 'products.images.masked.batch', 'video.keyframes.masked', 'video.keyframes.masked.batch', 'maskdesk.job.progress'] as const;
export type OutTopic = (typeof outTopics)[number];
export type Body = Readonly<Record<string, unknown>>;

const photo = (): Promise<Uint8Array> => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < widthPx * heightPx; index++) data.set(index % widthPx < 30 ? [250, 10, 10] : [10, 60, 200], 3 * index);
  return encodePng({ widthPx, heightPx, data });
};

/** What a test sets in the tables of maskdesk.toml. */
type Table = Readonly<Record<string, string | number | boolean>>;
const tomlTable = (name: string, table: Table): string => [`[${name}]`, ...Object.entries(table).map(([key, value]) => `${key} = ${JSON.stringify(value)}`), ''].join('\n');

export interface WorkerRig {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Of a database of its own; empty where the test has made one. */
  readonly dsn: string;
  readonly side: RabbitSide;
  /** The same store, opened here: to fill it and to look at it. */
  readonly app: App;
  readonly inTopics: readonly string[];
  queueOf(topic: string): string;
  /** Photos and their rows, as the pipeline makes them. */
  addPhotos(jobId: string, ids: readonly string[]): Promise<void>;
  spoil(id: string): Promise<void>;
  announce(jobId: string, ids: readonly string[]): Promise<void>;
  announceBatch(jobId: string, total: number): Promise<void>;
  /** Waits for so many events and takes them. */
  take(topic: OutTopic, count: number): Promise<readonly Body[]>;
  /** Nobody waits for these events any more. */
  stopListening(topic: OutTopic): Promise<void>;
  /** Takes what is there now. */
  takeAll(topic: OutTopic): Promise<readonly Body[]>;
  start(args?: readonly string[], change?: { readonly env?: NodeJS.ProcessEnv }): WorkerProcess;
  dispose(): Promise<void>;
}

/** Servers, a model and a configuration file for workers that run as programs of their own. */
export const createWorkerRig = async (given: { readonly rabbitUrl: string; readonly postgresUrl?: string; readonly store?: Table; readonly blobs?: Table; readonly worker?: Table; readonly broker?: Table }): Promise<WorkerRig> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-worker-'));
  const side = await RabbitSide.open(given.rabbitUrl);
  const databases = given.postgresUrl === undefined ? null : createTestDatabases(given.postgresUrl);
  const dsn = (await databases?.empty()) ?? '';
  const { queueNames = {} } = side.options(inTopics);
  const listeners = new Map<OutTopic, string>();
  for (const topic of outTopics) listeners.set(topic, await side.listen(topic));
  const dataRoot = join(folder, 'pipeline');
  await mkdir(dataRoot, { recursive: true });
  const configFile = join(folder, 'maskdesk.toml');
  const tables = [
    tomlTable('store', { ...(databases === null ? {} : { dsn, createPipelineTables: true }), ...given.store }),
    tomlTable('blobs', given.blobs ?? { kind: 'disk', root: dataRoot }),
    tomlTable('broker', { url: given.rabbitUrl, exchange: side.exchange, retryFirstSeconds: 0.05, retryLongestSeconds: 0.2, ...given.broker }),
    '[broker.queueNames]',
    ...Object.entries(queueNames).map(([topic, queue]) => `${JSON.stringify(topic)} = ${JSON.stringify(queue)}`),
    '',
    tomlTable('models', { model: modelId, threads: 1 }),
    tomlTable('worker', { healthPort: 0, retryFirstSeconds: 0.05, retryLongestSeconds: 0.2, ...given.worker }),
  ];
  await writeFile(configFile, tables.join('\n'));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    // Vite's, where it runs the test; to us it is a name of the pipeline's (contracts).
    BASE_URL: '',
    MASKDESK_CONFIG: configFile,
    MASKDESK_CACHE: join(folder, 'cache'),
    MASKDESK_DATA: join(folder, 'data'),
    MASKDESK_EXECUTION_PROVIDERS: 'cpu',
  };
  const config = await loadConfig({ create: true, background: false }, env);
  await writeFile(join(folder, 'red.onnx'), redChannelModel(320));
  await describeUserModel(config.dataDir, { file: join(folder, 'red.onnx'), family: 'u2net', id: modelId });
  await createModels(config).pull(modelId);
  const app = await createApp(config);
  const { catalog } = app.services.store;
  const keyOf = (id: string): string => `data/images/products/${id}.png`;
  const processes: WorkerProcess[] = [];
  const listenerOf = (topic: OutTopic): string => listeners.get(topic) ?? '';
  const bodyOf = ({ content }: { readonly content: Buffer }): Body => JSON.parse(content.toString('utf8')) as Body;

  return {
    folder,
    env,
    dsn,
    side,
    app,
    inTopics,
    queueOf: (topic) => queueNames[topic] ?? '',
    addPhotos: async (job, ids) => {
      const jobId = asId<JobId>(job);
      await catalog.ensureJob({ jobId, industry: 'test' });
      await catalog.ensureProduct({ productId, jobId, src: 'test', asinOrItemId: 'x', title: null, marketplace: 'us' });
      for (const id of ids) {
        await app.blobs.put(keyOf(id), await photo());
        await catalog.addAsset({ kind: 'product_image', id: asId<AssetId>(id), productId, localPath: app.blobs.pathOfKey(keyOf(id)), sourceSha256: sha256Hex(id), widthPx, heightPx });
      }
    },
    spoil: (id) => app.blobs.put(keyOf(id), Buffer.from('no picture at all')),
    announce: async (jobId, ids) => {
      for (const id of ids) await side.put(imageTopic, JSON.stringify({ product_id: productId, image_id: id, local_path: keyOf(id), job_id: jobId }));
    },
    announceBatch: (jobId, total) => side.put(imageBatchTopic, JSON.stringify({ job_id: jobId, event_id: crypto.randomUUID(), total_images: total })),
    take: async (topic, count) => (await side.take(listenerOf(topic), count)).map(bodyOf),
    stopListening: async (topic) => void (await side.channel.deleteQueue(listenerOf(topic))),
    takeAll: async (topic) => (await side.drain(listenerOf(topic))).map(bodyOf),
    start: (args = [], change = {}) => {
      const worker = new WorkerProcess([...args, '--json'], { ...env, ...change.env });
      processes.push(worker);
      return worker;
    },
    dispose: async () => {
      for (const worker of processes) if (worker.child.exitCode === null && worker.child.signalCode === null) await worker.end('SIGKILL');
      await app.close();
      await side.dispose();
      await databases?.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
