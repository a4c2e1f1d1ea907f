import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PipelineBroker } from '../../e2e/chaos/broker.ts';
import { startPostgres } from '../../e2e/services/servers/postgres.ts';
import { startRabbit } from '../../e2e/services/servers/rabbitmq.ts';
import { startS3 } from '../../e2e/services/servers/s3.ts';
import { loadConfig } from '../../electron/app/config.ts';
import { createApp, type App } from '../../electron/app/createApp.ts';
import { WorkerProcess } from '../../electron/app/testing/workerProcess.ts';

export const readyTopic = 'products.image.ready';
export const maskedTopic = 'products.image.masked';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export interface Photo {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** PostgreSQL, RabbitMQ and an S3 server as they come, durable, and the pipeline around a worker. */
export interface Team {
  /** The same store, opened here: to fill it and to look at it. */
  readonly app: App;
  /** Photos in the object store and their rows, as the pipeline makes them. */
  add(photos: readonly Photo[]): Promise<void>;
  /** A worker that has its servers and takes messages. @param settings lines of TOML, tables and all */
  startWorker(name: string, settings: string): Promise<WorkerProcess>;
  /**
   * Tells of photos and waits until each one's masked event has come.
   * @returns milliseconds from the first message sent to the last event received
   * @throws Error when one of them failed, or the worker ended
   */
  through(worker: WorkerProcess, photos: readonly Photo[]): Promise<number>;
  dispose(): Promise<void>;
}

export const startTeam = async (): Promise<Team> => {
  const ends: (() => Promise<unknown>)[] = [];
  const dispose = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const kept = async <T>(starting: Promise<T>, end: (server: T) => Promise<unknown>): Promise<T> => {
    const server = await starting;
    ends.push(() => end(server));
    return server;
  };
  const start = async (): Promise<Team> => {
    const folder = await kept(mkdtemp(join(tmpdir(), 'maskdesk-bench-worker-')), (path) => rm(path, { recursive: true, force: true }));
    const [postgres, rabbit, s3] = await Promise.all([kept(startPostgres(), (server) => server.dispose()), kept(startRabbit(), (server) => server.stop()), kept(startS3(), (server) => server.stop())]);
    const database = 'pipeline';
    const dsn = await postgres.createDatabase(database);
    const configFile = async (name: string, settings: string): Promise<string> => {
      const path = join(folder, `${name}.toml`);
      const { accessKeyId, secretAccessKey } = s3.access.credentials;
      // A cache for each: what was put in here is read over the network there.
      const blobs = `[blobs]\nendpoint = "${s3.access.endpoint}"\nbucket = "${s3.access.bucket}"\naccessKey = "${accessKeyId}"\nsecretKey = "${secretAccessKey}"\ncacheFolder = "${join(folder, `cache-${name}`)}"\n`;
      await writeFile(path, `[store]\ndsn = "${dsn}"\ncreatePipelineTables = true\n\n${blobs}\n[broker]\nurl = "${rabbit.url}"\n\n${settings}`);
      return path;
    };
    const broker = await kept(Promise.resolve(new PipelineBroker(rabbit.url)), (side) => side.close());
    const masked = new Set<string>();
    let onMasked = (): void => undefined;
    await broker.declare([maskedTopic, readyTopic]);
    await broker.consume(`queue.${maskedTopic}`, ({ content }) => {
      masked.add((JSON.parse(content.toString('utf8')) as { readonly image_id: string }).image_id);
      onMasked();
      return Promise.resolve();
    });
    const data = { MASKDESK_DATA: join(folder, 'data') };
    const app = await kept(createApp(await loadConfig({ configFile: await configFile('bench', ''), create: true, background: false }, { ...process.env, ...data })), (opened) => opened.close());
    const keyOf = (id: string): string => `data/images/products/${id}.jpg`;
    return {
      app,
      add: async (photos) => {
        for (const { id, bytes } of photos) await app.blobs.put(keyOf(id), bytes);
        const rows = photos.map(({ id }) => `(${literal(id)}, 'product', ${literal(app.blobs.pathOfKey(keyOf(id)))})`).join(',');
        await postgres.sql(
          `set search_path = public;
          insert into jobs (job_id, industry) values ('job', 'bench') on conflict do nothing;
          insert into products (product_id, src, asin_or_itemid, marketplace, job_id) values ('product', 'bench', 'x', 'us', 'job') on conflict do nothing;
          insert into product_images (img_id, product_id, local_path) values ${rows}`,
          database,
        );
      },
      startWorker: async (name, settings) => {
        const env = { ...process.env, ...data, MASKDESK_CONFIG: await configFile(name, `${settings}\n`), MASKDESK_WORKER_HEALTH_PORT: '0' };
        const worker = await kept(Promise.resolve(new WorkerProcess(['--json'], env)), (running) => (running.child.exitCode === null && running.child.signalCode === null ? running.end('SIGTERM') : Promise.resolve()));
        await worker.message('worker runs');
        return worker;
      },
      through: async (worker, photos) => {
        const done = Promise.withResolvers<void>();
        onMasked = () => {
          if (photos.every(({ id }) => masked.has(id))) done.resolve();
        };
        const startedMs = performance.now();
        await Promise.all(photos.map(({ id }) => broker.publish({ topic: readyTopic, body: JSON.stringify({ product_id: 'product', image_id: id, local_path: keyOf(id), job_id: 'job' }) })));
        onMasked();
        const failed = worker.message('asset failed; the rest goes on').then((line) => {
          throw new Error(`A photo got no mask: ${JSON.stringify(line)}`);
        });
        await Promise.race([done.promise, failed]);
        return performance.now() - startedMs;
      },
      dispose,
    };
  };
  return start().catch(async (error: unknown) => {
    await dispose();
    throw error;
  });
};
