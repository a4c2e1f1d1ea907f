import { randomUUID } from 'node:crypto';
import { asId, type EventId, type JobId } from '../../../shared/domain/ids.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { Broker } from '../../../shared/ports/broker.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { assetWithId, parseKind } from '../assets.ts';
import type { AddCommand } from '../addCommand.ts';

interface Options {
  readonly job?: string;
  readonly kind?: string;
}

interface Announcement {
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>> & { readonly job_id: string };
}

const pageSize = 500;

const help = `
Sends what the pipeline sends when pictures have arrived: products.image.ready for each product image, videos.keyframes.ready for each video, and with --job the
two batch events with that job's totals. To try a worker with, and to ask again for pictures whose events were lost: announcing twice changes nothing that is done.`;

const ofJob = async (store: Store, jobId: JobId): Promise<readonly Asset[]> => {
  const assets: Asset[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store['assets']['list']>> = await store.assets.list({ filter: { jobId }, limit: pageSize, cursor });
    assets.push(...page.assets);
    cursor = page.nextCursor;
  } while (cursor !== null);
  if (assets.length === 0) throw new ExpectedError('not_found', `There are no pictures of a job '${jobId}' in ${store.location}.`);
  return assets;
};

const isImage = (asset: Asset): boolean => asset.kind === 'product_image';

/** The events of contracts.md B, for one job. */
const announcementsOf = (jobId: JobId, assets: readonly Asset[], isWholeJob: boolean): readonly Announcement[] => {
  const images = assets.filter(isImage).map(({ id, productId, localPath }) => ({ topic: 'products.image.ready', payload: { product_id: productId, image_id: id, local_path: localPath, job_id: jobId } }));
  const frames = assets.filter((asset) => !isImage(asset));
  const videos = [...Map.groupBy(frames, ({ videoId }) => videoId)].map(([videoId, ofVideo]) => ({
    topic: 'videos.keyframes.ready',
    payload: { video_id: videoId, job_id: jobId, frames: ofVideo.map(({ id, timestampS, localPath }) => ({ frame_id: id, ts: timestampS ?? 0, local_path: localPath })) },
  }));
  const batch = { job_id: jobId, event_id: randomUUID() };
  const batches = [
    ...(images.length === 0 ? [] : [{ topic: 'products.images.ready.batch', payload: { ...batch, total_images: images.length } }]),
    ...(frames.length === 0 ? [] : [{ topic: 'videos.keyframes.ready.batch', payload: { ...batch, event_id: randomUUID(), total_keyframes: frames.length } }]),
  ];
  return [...images, ...videos, ...(isWholeJob ? batches : [])];
};

const publish = async (broker: Broker | null, { topic, payload }: Announcement): Promise<void> => {
  if (broker === null || broker.consumer === null) throw new ExpectedError('usage', 'There is no message broker in the configuration that could tell workers. [broker] url names one.');
  try {
    await broker.publish({ eventId: asId<EventId>(randomUUID()), topic, payload, correlationId: payload.job_id });
  } catch (error) {
    if (!isExpected(error, 'delivery_failed')) throw error;
    throw new ExpectedError('delivery_failed', `Nobody would hear ${topic} at ${broker.location}: start a worker first, which makes its queues.`, { cause: error });
  }
};

export const registerAnnounce = (add: AddCommand): void => {
  const { command, run } = add('announce', 'tell workers of pictures that are there, as the pipeline does');
  command.argument('[ids...]', 'asset ids').option('--job <id>', 'every picture of this job, and its totals').option('--kind <kind>', 'products or keyframes, where an id is both').addHelpText('after', help);
  run<Options>(async ({ output, loadConfig, openWith, signal }, { job, kind }, [given]) => {
    const ids = given as readonly string[];
    if ((ids.length === 0) === (job === undefined)) throw new ExpectedError('usage', 'announce needs asset ids, or --job.');
    const ofKind = parseKind(kind);
    const config = await loadConfig({ background: false });
    // Before the first worker has made its queues nobody would hear it.
    const { broker, services } = await openWith({ ...config, broker: { ...config.broker, unroutable: 'fail' } });
    const { store } = services;
    const assets = job === undefined ? await Promise.all(ids.map((id) => assetWithId(store, id, ofKind))) : await ofJob(store, asId<JobId>(job));
    const jobless = assets.filter(({ jobIds }) => jobIds.length === 0);
    if (jobless.length > 0) throw new ExpectedError('invalid_input', `${jobless.map(({ id }) => id).slice(0, 5).join(', ')} belong to no job, and every event names one.`);
    const jobs = job === undefined ? [...new Set(assets.flatMap(({ jobIds }) => jobIds))] : [asId<JobId>(job)];
    for (const jobId of jobs) {
      const announcements = announcementsOf(jobId, assets.filter(({ jobIds }) => jobIds.includes(jobId)), job !== undefined);
      for (const announcement of announcements) {
        signal.throwIfAborted();
        await publish(broker, announcement);
        output.answer({ topic: announcement.topic, ...announcement.payload }, `${announcement.topic}  ${JSON.stringify(announcement.payload)}`);
      }
    }
  });
};
