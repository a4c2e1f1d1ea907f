import { z } from 'zod';

/** Incoming events (contracts.md B). */
const id = z.string().min(1);
const localPath = z.string().min(1);

export const productsImageReady = z.looseObject({
  product_id: id,
  image_id: id,
  local_path: localPath,
  job_id: id,
  metadata: z.looseObject({ width: z.int().positive(), height: z.int().positive(), format: z.string() }).optional(),
});

export const productsImagesReadyBatch = z.looseObject({ job_id: id, event_id: id, total_images: z.int().nonnegative() });

export const videosKeyframesReady = z.looseObject({
  video_id: id,
  job_id: id,
  frames: z.array(z.looseObject({ frame_id: id, ts: z.number(), local_path: localPath })),
});

export const videosKeyframesReadyBatch = z.looseObject({ job_id: id, event_id: id, total_keyframes: z.int().nonnegative() });
