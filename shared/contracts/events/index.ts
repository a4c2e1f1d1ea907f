import type { z } from 'zod';
import { productsImageMasked, productsImagesMaskedBatch, videoKeyframesMasked, videoKeyframesMaskedBatch } from './masked.ts';
import { jobProgress } from './progress.ts';
import { productsImageReady, productsImagesReadyBatch, videosKeyframesReady, videosKeyframesReadyBatch } from './ready.ts';

/** Topic and schema-file name of every event of contracts.md B. */
export const outgoingTopics = {
  productsImageMasked: 'products.image.masked',
  productsImagesMaskedBatch: 'products.images.masked.batch',
  videoKeyframesMasked: 'video.keyframes.masked',
  videoKeyframesMaskedBatch: 'video.keyframes.masked.batch',
} as const;
export type OutgoingTopic = (typeof outgoingTopics)[keyof typeof outgoingTopics];

export const outgoingSchemas = {
  'products.image.masked': productsImageMasked,
  'products.images.masked.batch': productsImagesMaskedBatch,
  'video.keyframes.masked': videoKeyframesMasked,
  'video.keyframes.masked.batch': videoKeyframesMaskedBatch,
} satisfies Record<OutgoingTopic, z.ZodType>;

/** JSON Schema files in shared/contracts/events/schemas/, emitted by `node scripts/schemas.ts` and compared by a test. */
export const schemaFiles = {
  'products_image_masked.json': productsImageMasked,
  'products_images_masked_batch.json': productsImagesMaskedBatch,
  'video_keyframes_masked.json': videoKeyframesMasked,
  'video_keyframes_masked_batch.json': videoKeyframesMaskedBatch,
  'products_image_ready.json': productsImageReady,
  'products_images_ready_batch.json': productsImagesReadyBatch,
  'videos_keyframes_ready.json': videosKeyframesReady,
  'videos_keyframes_ready_batch.json': videosKeyframesReadyBatch,
  'maskdesk_job_progress.json': jobProgress,
} as const;
