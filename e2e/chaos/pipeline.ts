import pg from 'pg';
import { z } from 'zod';
import type { Random } from '../../electron/cli/crash/random.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { PipelineBroker } from './broker.ts';
import { eventually } from './eventually.ts';
import { photoOf } from './photos.ts';
import type { PlannedAsset, PlannedJob, PlannedMessage } from './stream.ts';
import type { World } from './world.ts';

export const imageMasked = 'products.image.masked';
export const imageBatchMasked = 'products.images.masked.batch';
export const keyframesMasked = 'video.keyframes.masked';
export const keyframeBatchMasked = 'video.keyframes.masked.batch';
export const maskedTopics = [imageMasked, imageBatchMasked, keyframesMasked, keyframeBatchMasked] as const;

const maskedEvent = z.looseObject({
  event_id: z.string(),
  job_id: z.string(),
  image_id: z.string().optional(),
  video_id: z.string().optional(),
  mask_path: z.string().optional(),
  frames: z.array(z.looseObject({ frame_id: z.string(), mask_path: z.string() })).optional(),
  total_images: z.number().optional(),
  total_keyframes: z.number().optional(),
  _metadata: z.looseObject({ timestamp: z.iso.datetime() }),
});
export type MaskedEvent = z.infer<typeof maskedEvent>;

export interface ReceivedEvent {
  readonly topic: string;
  readonly event: MaskedEvent;
  /** When it was published, by its metadata: queues are emptied each at its own pace. */
  readonly publishedAtMs: number;
  /** When its files were looked for. */
  readonly lookedAtMs: number;
  /** Ids of assets whose file was not there when the event came. */
  readonly missing: readonly string[];
}

/** The masks that an event tells of. */
export const masksOf = ({ image_id: imageId, mask_path: maskPath, frames = [] }: MaskedEvent): readonly { readonly id: string; readonly path: string }[] => [
  ...(imageId === undefined || maskPath === undefined ? [] : [{ id: imageId, path: maskPath }]),
  ...frames.map((frame) => ({ id: frame.frame_id, path: frame.mask_path })),
];

/** The pipeline around Maskdesk: writes rows and photos, sends ready events, and takes the masked events, looking for each one's file as it comes. */
export class Pipeline {
  readonly received: ReceivedEvent[] = [];
  /** What came on a masked topic and is no masked event. */
  readonly unreadable: string[] = [];
  readonly #broker: PipelineBroker;
  readonly #pool: pg.Pool;
  readonly #blobs: BlobStore;

  constructor(world: World, blobs: BlobStore) {
    this.#broker = new PipelineBroker(world.rabbit.url);
    this.#pool = new pg.Pool({ connectionString: world.databaseUrl, max: 2, connectionTimeoutMillis: 5_000, options: '-c search_path=public' });
    // The role is called maskdesk, and so is Maskdesk's schema, which would come first. An idle connection dies with every restart of the server.
    this.#pool.on('error', () => undefined);
    this.#blobs = blobs;
  }

  get broker(): PipelineBroker {
    return this.#broker;
  }

  /** The queues of those that wait for masks, and of the workers, so that nothing sent before they start is lost. */
  async start(workerTopics: readonly string[]): Promise<void> {
    await this.#broker.declare([...maskedTopics, ...workerTopics]);
    for (const topic of maskedTopics) await this.#broker.consume(`queue.${topic}`, (message) => this.#take(topic, message.content.toString('utf8')));
  }

  async #take(topic: string, body: string): Promise<void> {
    const parsed = maskedEvent.safeParse(JSON.parse(body));
    if (!parsed.success) return void this.unreadable.push(`${topic}: ${body}`);
    const missing: string[] = [];
    const lookedAtMs = Date.now();
    for (const { id, path } of masksOf(parsed.data)) if (!(await this.#isThere(path))) missing.push(id);
    this.received.push({ topic, event: parsed.data, publishedAtMs: Date.parse(parsed.data._metadata.timestamp), lookedAtMs, missing });
  }

  /** Waits for an object store that is away: then it is there or it is not. */
  #isThere(path: string): Promise<boolean> {
    return eventually(() => this.#blobs.has(this.#blobs.keyOfPath(path)));
  }

  /** Photos and rows, then the messages. Some rows come after their message, as they do where services write on their own. */
  async run(job: PlannedJob, random: Random): Promise<void> {
    for (const asset of job.assets) await eventually(async () => void (await this.#blobs.put(asset.localPath, await photoOf(random, asset))));
    const isLate = random.below(4) === 0;
    if (!isLate) await this.#insert(job);
    for (const message of job.messages) await this.#broker.publish(message);
    if (isLate) await this.#insert(job);
  }

  send(message: PlannedMessage): Promise<void> {
    return this.#broker.publish(message);
  }

  async rows<Row extends object>(text: string): Promise<readonly Row[]> {
    return eventually(async () => (await this.#pool.query<Row>(text)).rows);
  }

  async #insert({ jobId, kind, assets }: PlannedJob): Promise<void> {
    const sql = (text: string, values: readonly unknown[]): Promise<unknown> => eventually(() => this.#pool.query(text, [...values]));
    await sql("insert into jobs (job_id, industry) values ($1, 'chaos') on conflict do nothing", [jobId]);
    for (const asset of assets) await (kind === 'product_image' ? insertImage : insertFrame)(sql, jobId, asset);
  }

  async close(): Promise<void> {
    await this.#broker.close();
    await this.#pool.end();
  }
}

type Sql = (text: string, values: readonly unknown[]) => Promise<unknown>;

const insertImage = async (sql: Sql, jobId: string, { id, parentId, localPath }: PlannedAsset): Promise<void> => {
  await sql("insert into products (product_id, src, asin_or_itemid, marketplace, job_id) values ($1, 'chaos', $1, 'us', $2) on conflict do nothing", [parentId, jobId]);
  await sql('insert into product_images (img_id, product_id, local_path) values ($1, $2, $3) on conflict do nothing', [id, parentId, localPath]);
};

const insertFrame = async (sql: Sql, jobId: string, { id, parentId, localPath, timestampS }: PlannedAsset): Promise<void> => {
  await sql("insert into videos (video_id, platform, url) values ($1, 'chaos', 'https://example.org') on conflict do nothing", [parentId]);
  await sql("insert into job_videos (job_id, video_id, platform) values ($1, $2, 'chaos') on conflict do nothing", [jobId, parentId]);
  await sql('insert into video_frames (frame_id, video_id, ts, local_path) values ($1, $2, $3, $4) on conflict do nothing', [id, parentId, timestampS, localPath]);
};
