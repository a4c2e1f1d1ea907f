import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerPixelRequest, type PixelAnswer } from '../../handlers/pixelRequests.ts';
import { createApp, type App } from '../../app/createApp.ts';
import { loadConfig } from '../../app/config.ts';
import { sha256Hex } from '../../base/hash.ts';
import { decodePromptRecord, encodePromptRecord } from '../../../shared/contracts/rpc/promptRecord.ts';
import { draftBaseHeader, draftPromptsHeader, draftUrl, imageSizeHeader, imageUrl, maskRleMediaType, maskUrl, matteHeader, matteMediaType, matteUrl, storedMaskUrl, thumbUrl, uploadUrl } from '../../../shared/contracts/http/routes.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { decodeMatte, pixelsOfMatte } from '../../../shared/edits/matte.ts';
import { maskBlobKey, matteBlobKey } from '../../../shared/domain/blobKeys.ts';
import { asId, type AssetId, type JobId, type ProductId, type RevisionId, type Sha256 } from '../../../shared/domain/ids.ts';
import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import { emptyBitmap, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { decodeRle, encodeRle } from '../../../shared/mask/rleBinary.ts';

/** The app's picture routes over the real store, disk and codec. */
const widthPx = 48;
const heightPx = 32;
const asset: AssetRef = { kind: 'product_image', id: asId<AssetId>('../odd "id" ü') };
const unknown: AssetRef = { kind: 'keyframe', id: asId<AssetId>('nobody') };

let folder: string;
let app: App;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-pixels-'));
  app = await createApp(await loadConfig({ storeDir: join(folder, 'store'), create: true, reviewer: 'ana', background: false }));
  const { catalog } = app.services.store;
  const jobId = asId<JobId>('job');
  const productId = asId<ProductId>('p');
  await catalog.ensureJob({ jobId, industry: 'test' });
  await catalog.ensureProduct({ productId, jobId, src: 't', asinOrItemId: 't', title: null, marketplace: 'us' });
  const { bytes: photo } = await app.codec.normalise(await app.codec.encodeMatte(widthPx, heightPx, new Uint8Array(widthPx * heightPx).fill(120)));
  await app.blobs.put('data/images/a.png', photo);
  const common = { kind: 'product_image', productId, localPath: 'data/images/a.png', sourceSha256: sha256Hex(photo) } as const;
  await catalog.addAsset({ ...common, id: asset.id, widthPx, heightPx });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (method: string, path: string, body: Uint8Array | null = null): Promise<PixelAnswer> =>
  answerPixelRequest(app.services, { method, path, body });
const codeOf = (answer: PixelAnswer): unknown => (JSON.parse(new TextDecoder().decode(answer.body)) as { code?: unknown }).code;

const maskOf = (insideTo: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  mask.data.fill(255, 0, insideTo);
  return mask;
};

/** Uploads a mask and approves it. */
const approve = async (mask: Bitmap): Promise<{ revisionId: RevisionId; maskSha256: Sha256 }> => {
  const answer = await ask('PUT', uploadUrl(asset), encodeRle(mask));
  expect(answer.status).toBe(200);
  const { maskSha256 } = JSON.parse(new TextDecoder().decode(answer.body)) as { maskSha256: Sha256 };
  const { headRevisionId = null } = (await app.services.store.assets.get(asset)) ?? {};
  const { head } = await app.services.review.approve({ asset, expectedHead: headRevisionId, maskSha256 });
  if (head === null) throw new Error('an approval has a head');
  return { revisionId: head.revisionId, maskSha256 };
};

describe('photos', () => {
  test('that a browser can show are passed on untouched', async () => {
    const answer = await ask('GET', imageUrl(asset));
    expect(answer).toMatchObject({ status: 200, mediaType: 'image/png', headers: { [imageSizeHeader]: `${widthPx}x${heightPx}` } });
    expect(sha256Hex(answer.body)).toBe(await app.blobs.sha256('data/images/a.png'));
  });

  test('are made smaller on request', async () => {
    const answer = await ask('GET', imageUrl(asset, 16));
    expect(answer.status).toBe(200);
    expect(await app.codec.probe(answer.body)).toMatchObject({ widthPx: 16 });
    expect(answer.headers).toEqual({ [imageSizeHeader]: `${widthPx}x${heightPx}` });
  });

  test.each(['?side=0', '?side=-3', '?side=abc', '?side=1e9'])('refuse the size %s', async (query) => {
    const answer = await ask('GET', imageUrl(asset) + query);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid_input']);
  });

  test('of unknown items are not found, whatever the route', async () => {
    for (const path of [imageUrl(unknown), thumbUrl(unknown, 1)]) expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('GET', '/px/other/keyframe/~x')).status).toBe(404);
    expect((await ask('POST', imageUrl(asset))).status).toBe(405);
  });
});

describe('masks', () => {
  test('come back as they were sent, pixel for pixel', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }), async (inside) => {
        const mask: Bitmap = { widthPx, heightPx, data: Uint8Array.from(inside, (value) => (value ? 255 : 0)) };
        const { revisionId } = await approve(mask);
        const answer = await ask('GET', maskUrl(revisionId));
        expect(answer.mediaType).toBe(maskRleMediaType);
        expect(sameBitmap(decodeRle(answer.body), mask)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  test('of another size than the photo are refused and not stored', async () => {
    const answer = await ask('PUT', uploadUrl(asset), encodeRle(emptyBitmap(widthPx - 1, heightPx)));
    expect([answer.status, codeOf(answer)]).toEqual([409, 'mask_size_mismatch']);
    const blown = await ask('PUT', uploadUrl(asset), encodeRle(emptyBitmap(4000, 4000)));
    expect(blown.status).toBe(400);
  });

  test('that are cut or missing are refused', async () => {
    const whole = encodeRle(maskOf(700));
    expect((await ask('PUT', uploadUrl(asset), whole.subarray(0, 3))).status).toBe(400);
    expect((await ask('PUT', uploadUrl(asset), null)).status).toBe(400);
  });

  test('that were changed on disk are not shown', async () => {
    const { revisionId, maskSha256 } = await approve(maskOf(333));
    await writeFile(join(folder, 'store', maskBlobKey(maskSha256)), await app.codec.encodeMask(maskOf(5)));
    const answer = await ask('GET', maskUrl(revisionId));
    expect([answer.status, codeOf(answer)]).toEqual([500, 'blob_corrupt']);
  });

  test('lie over the thumbnail, and a new head gives a new one', async () => {
    await approve(maskOf(10));
    const first = await ask('GET', thumbUrl(asset, 1));
    await approve(maskOf(widthPx * heightPx));
    const second = await ask('GET', thumbUrl(asset, 2));
    expect(first).toMatchObject({ status: 200, mediaType: 'image/webp' });
    expect(Buffer.from(first.body).equals(Buffer.from(second.body))).toBe(false);
  });
});

describe('mattes', () => {
  const alpha = Uint8Array.from({ length: widthPx * heightPx }, (_, index) => index % 256);

  test('come as they were kept; a mask without one says so', async () => {
    const { revisionId: without } = await approve(maskOf(64));
    expect(await ask('GET', matteUrl(without))).toMatchObject({ status: 204 });
    const unknownOne = await ask('GET', matteUrl('3b241101-e2bb-4255-8caf-4136c566a964'));
    expect([unknownOne.status, codeOf(unknownOne)]).toEqual([404, 'not_found']);
    const png = await app.codec.encodeMatte(widthPx, heightPx, alpha);
    const matteSha256 = asId<Sha256>(sha256Hex(png));
    await app.blobs.put(matteBlobKey(matteSha256), png);
    const head = await app.services.store.revisions.get(without);
    if (head === null) throw new Error('the approved mask is a revision');
    const { createdAtMs: _, ...copied } = head;
    const revisionId = asId<RevisionId>('3b241101-e2bb-4255-8caf-4136c566a963');
    await app.services.store.revisions.addCandidate({ ...copied, revisionId, parentId: without, matteSha256 });
    const answer = await ask('GET', matteUrl(revisionId));
    expect(answer).toMatchObject({ status: 200, mediaType: matteMediaType, headers: { [matteHeader]: `${matteSha256} ${head.maskSha256}` } });
    expect(pixelsOfMatte(decodeMatte(answer.body)).data).toEqual(alpha);
  });
});

describe('stored masks', () => {
  test('are given by their digest', async () => {
    const rle = encodeRle(maskOf(77));
    const { maskSha256 } = await app.services.pixels.uploadMask(asset, rle);
    const answer = await ask('GET', storedMaskUrl(maskSha256));
    expect([answer.status, answer.mediaType]).toEqual([200, maskRleMediaType]);
    expect(Buffer.from(answer.body).equals(Buffer.from(rle))).toBe(true);
    const unknown = await ask('GET', storedMaskUrl(asId<Sha256>('0'.repeat(64))));
    expect([unknown.status, codeOf(unknown)]).toEqual([404, 'blob_missing']);
    expect((await ask('GET', '/px/stored/..%2f..')).status).toBe(404);
  });
});

describe('drafts', () => {
  test('are kept, given back and dropped', async () => {
    expect((await ask('GET', draftUrl(asset))).status).toBe(404);
    const rle = encodeRle(maskOf(99));
    expect((await ask('PUT', draftUrl(asset, null), rle)).status).toBe(204);
    const kept = await ask('GET', draftUrl(asset));
    expect(Buffer.from(kept.body).equals(Buffer.from(rle))).toBe(true);
    expect(kept.headers).toEqual({ [draftBaseHeader]: '' });
    const base = '3b241101-e2bb-4255-8caf-4136c566a962';
    await ask('PUT', draftUrl(asset, base), rle);
    expect((await ask('GET', draftUrl(asset))).headers).toEqual({ [draftBaseHeader]: base });
    const sha256 = (letter: string): Sha256 => asId(letter.repeat(64));
    const prompts: PromptRecord = {
      modelId: asId('Modell "ü" & Söhne'),
      weightsSha256: sha256('a'),
      decoderSha256: sha256('b'),
      points: [{ xImagePx: 3.25, yImagePx: 0, label: 1 }],
      box: null,
      fromMask: false,
      join: 'replace',
      chain: 'points',
      cleanCells: 16,
      candidate: 1,
      predictedIou: 0.5,
      baseMaskSha256: null,
    };
    await ask('PUT', draftUrl(asset, base, { prompts: encodePromptRecord(prompts) }), rle);
    const prompted = await ask('GET', draftUrl(asset));
    expect(decodePromptRecord(prompted.headers?.[draftPromptsHeader] ?? '')).toEqual(prompts);
    expect((await ask('PUT', `${draftUrl(asset)}?prompts=%7B%22points%22%3A3%7D`, rle)).status).toBe(400);
    expect((await app.services.store.assets.get(asset))?.hasDraft).toBe(true);
    expect((await ask('DELETE', draftUrl(asset))).status).toBe(204);
    expect((await ask('GET', draftUrl(asset))).status).toBe(404);
  });
});
