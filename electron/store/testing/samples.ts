import { randomUUID } from 'node:crypto';
import { sha256Hex } from '../../base/hash.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type AssetId, type JobId, type ProductId, type RevisionId, type VideoId } from '../../../shared/domain/ids.ts';
import type { MaskPart } from '../../../shared/domain/maskPart.ts';
import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import type { SegmentParameters } from '../../../shared/domain/task.ts';
import type { VerdictKind } from '../../../shared/domain/verdict.ts';
import type { Publication } from '../../../shared/domain/publication.ts';
import type { OutgoingEvent } from '../../../shared/ports/broker.ts';
import type { VerdictInput } from '../../../shared/ports/store/reviewStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';

/** A small catalog and the values that tests of stores need; nothing here is random but ids. */
export const jobA: JobId = asId('job-a');
export const jobB: JobId = asId('job-b');
export const productId: ProductId = asId('product-1');
export const videoId: VideoId = asId('video-1');
export const image1: AssetRef = { kind: 'product_image', id: asId('image-1') };
export const image2: AssetRef = { kind: 'product_image', id: asId('image-2') };
export const frame1: AssetRef = { kind: 'keyframe', id: asId('frame-1') };
export const frame2: AssetRef = { kind: 'keyframe', id: asId('frame-2') };

export const addImage = (store: Store, id: AssetId, source = `source of ${id}`, product = productId) =>
  store.catalog.addAsset({
    kind: 'product_image',
    id,
    productId: product,
    localPath: `data/images/${sha256Hex(id)}.jpg`,
    widthPx: 40,
    heightPx: 20,
    sourceSha256: sha256Hex(source),
  });

export const addFrame = (store: Store, id: AssetId, timestampS: number, source = `source of ${id}`) =>
  store.catalog.addAsset({
    kind: 'keyframe',
    id,
    videoId,
    timestampS,
    localPath: `data/images/${sha256Hex(id)}.jpg`,
    widthPx: 40,
    heightPx: 20,
    sourceSha256: sha256Hex(source),
  });

/** Job a with a product of two images; jobs a and b with one video of two keyframes. */
export const seedCatalog = async (store: Store): Promise<void> => {
  await store.catalog.ensureJob({ jobId: jobA, industry: 'shoes' });
  await store.catalog.ensureJob({ jobId: jobB, industry: 'shoes' });
  await store.catalog.ensureProduct({ productId, jobId: jobA, src: 'shop', asinOrItemId: 'A1', title: 'Trail Boot', marketplace: 'de' });
  for (const jobId of [jobA, jobB]) await store.catalog.ensureVideo({ videoId, jobId, platform: 'web', url: 'https://example.org/v', title: 'Größe Ж' });
  await addImage(store, image1.id);
  await addImage(store, image2.id);
  await addFrame(store, frame1.id, 4.5);
  await addFrame(store, frame2.id, 1.25);
};

export const modelRevision = (asset: AssetRef, confidence: number | null = 0.5, parentId: RevisionId | null = null): NewRevision => ({
  revisionId: asId(randomUUID()),
  asset,
  parentId,
  maskSha256: sha256Hex(randomUUID()),
  matteSha256: null,
  widthPx: 40,
  heightPx: 20,
  areaPx: 200,
  origin: 'model',
  author: 'some-model',
  model: { modelId: asId('some-model'), weightsSha256: sha256Hex('weights'), threshold: 0.5, executionProvider: 'cpu', inferenceMs: 12.5, confidence },
  prompts: null,
});

export const parts: readonly MaskPart[] = [
  { role: 'foreground', operation: 'add', modelId: asId('some-model'), weightsSha256: sha256Hex('weights'), maskSha256: sha256Hex('whole'), areaPx: 300, isApplied: true, note: null },
  { role: 'people', operation: 'subtract', modelId: asId('some-people'), weightsSha256: sha256Hex('others'), maskSha256: sha256Hex('hand'), areaPx: 100, isApplied: false, note: 'Too little skin to be a person.' },
];

export const prompts: PromptRecord = {
  modelId: asId('some-prompter'),
  weightsSha256: sha256Hex('encoder'),
  decoderSha256: sha256Hex('decoder'),
  points: [
    { xImagePx: 12.5, yImagePx: 3.25, label: 1 },
    { xImagePx: 30, yImagePx: 19, label: 0 },
  ],
  box: { x0ImagePx: 1, y0ImagePx: 2, x1ImagePx: 39.5, y1ImagePx: 20 },
  fromMask: true,
  join: 'add',
  chain: 'points',
  cleanCells: 16,
  candidate: 2,
  predictedIou: 0.94,
  baseMaskSha256: sha256Hex('base'),
};

export const humanRevision = (asset: AssetRef, parentId: RevisionId | null): NewRevision => ({
  ...modelRevision(asset, null, parentId),
  origin: 'human',
  author: 'ada',
  model: null,
});

export const verdictInput = (asset: AssetRef, kind: VerdictKind, expectedHead: RevisionId | null, more: Partial<VerdictInput['verdict']> = {}): VerdictInput => ({
  verdict: {
    verdictId: asId(randomUUID()),
    asset,
    revisionId: expectedHead,
    kind,
    reason: kind === 'reject' ? 'holes' : null,
    note: null,
    reviewer: 'ada',
    undoesVerdictId: null,
    ...more,
  },
  expectedHead,
  newRevision: null,
  endsDraft: false,
  publicationId: asId(randomUUID()),
  stablePath: `data/masks/${asset.id}.png`,
  newEventId: () => asId(randomUUID()),
});

/** Events as small as the store allows; the real ones are the publisher's. */
export const plainEvents = (publication: Publication): readonly OutgoingEvent[] =>
  publication.events.map(({ eventId, jobId }) => ({
    eventId,
    topic: 'masked',
    payload: { event_id: eventId, job_id: jobId, mask_path: publication.stablePath },
    correlationId: jobId,
  }));

export const publishAll = async (store: Store, place: (publication: Publication) => Promise<void> = async () => undefined): Promise<Publication[]> => {
  const done: Publication[] = [];
  for (;;) {
    const outcome = await store.publications.publishNext({ place, eventsOf: plainEvents });
    if (outcome === null) return done;
    if (outcome.kind === 'failed') throw outcome.error;
    done.push(outcome.publication);
  }
};

export const parameters: SegmentParameters = { modelId: asId('some-model'), threshold: 0.5, wantMatte: false };
