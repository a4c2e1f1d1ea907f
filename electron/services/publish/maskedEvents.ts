import { outgoingSchemas, outgoingTopics } from '../../../shared/contracts/events/index.ts';
import type { PlannedEvent, Publication } from '../../../shared/domain/publication.ts';
import { BugError } from '../../../shared/errors/errors.ts';
import type { OutgoingEvent } from '../../../shared/ports/broker.ts';
import type { PublishedAsset } from '../../../shared/ports/store/publicationStore.ts';

const productEvent = (publication: Publication, { eventId, jobId }: PlannedEvent): OutgoingEvent => ({
  eventId,
  topic: outgoingTopics.productsImageMasked,
  correlationId: publication.publicationId,
  payload: { event_id: eventId, job_id: jobId, image_id: publication.asset.id, mask_path: publication.stablePath },
});

const keyframeEvent = (publication: Publication, asset: PublishedAsset, { eventId, jobId }: PlannedEvent): OutgoingEvent => ({
  eventId,
  topic: outgoingTopics.videoKeyframesMasked,
  correlationId: publication.publicationId,
  payload: {
    event_id: eventId,
    job_id: jobId,
    video_id: asset.videoId,
    frames: [{ frame_id: publication.asset.id, ts: asset.timestampS, mask_path: publication.stablePath }],
  },
});

/**
 * The events of a publication (contracts.md B): one for each job of the asset; none for a withdrawal.
 * @throws BugError when a payload does not fit its schema, before anything is enqueued
 */
export const maskedEvents = (publication: Publication, asset: PublishedAsset): readonly OutgoingEvent[] => {
  if (publication.revisionId === null) return [];
  return publication.events.map((planned) => {
    const event = publication.asset.kind === 'product_image' ? productEvent(publication, planned) : keyframeEvent(publication, asset, planned);
    const checked = outgoingSchemas[event.topic as keyof typeof outgoingSchemas].safeParse(event.payload);
    if (!checked.success) throw new BugError(`The event ${event.eventId} does not fit ${event.topic}: ${checked.error.message}`);
    return event;
  });
};
