import { z } from 'zod';

/** Outgoing events (contracts.md B). Unknown fields are kept: extra fields are allowed everywhere. */
const eventId = z.uuid({ version: 'v4' });
const id = z.string().min(1);
const maskPath = z.string().min(1).max(500);

export const productsImageMasked = z.looseObject({ event_id: eventId, job_id: id, image_id: id, mask_path: maskPath });

export const productsImagesMaskedBatch = z.looseObject({ event_id: eventId, job_id: id, total_images: z.int().nonnegative() });

export const videoKeyframesMasked = z.looseObject({
  event_id: eventId,
  job_id: id,
  video_id: id,
  frames: z.array(z.looseObject({ frame_id: id, ts: z.number(), mask_path: maskPath })),
});

export const videoKeyframesMaskedBatch = z.looseObject({ event_id: eventId, job_id: id, total_keyframes: z.int().nonnegative() });
