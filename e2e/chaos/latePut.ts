import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../../electron/app/createApp.ts';
import { fileNameOfId } from '../../shared/domain/fileName.ts';
import { isExpected } from '../../shared/errors/errors.ts';
import { asId } from '../../shared/domain/ids.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import type { TcpProxy } from '../services/servers/tcpProxy.ts';
import { eventually } from './eventually.ts';
import type { DeskLine } from './deskLine.ts';
import { photoHeightPx, photoWidthPx } from './photos.ts';
import type { PlannedJob } from './stream.ts';
import { latenessSeconds } from './world.ts';

/** Nobody puts a mask to a stable place for so long: then there is nothing to hold back. */
const heldWithinMs = 20_000;
/** Well within the lateness that the configuration says a put may have. */
const releasedWithinMs = 20_000;
const lookEveryMs = 250;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const sha256OfText = (text: string): string => sha256(new TextEncoder().encode(text));

export interface LatePutParts {
  readonly proxy: TcpProxy;
  /** Past the proxies. */
  readonly app: App;
  readonly jobs: readonly PlannedJob[];
  /** Told of the verdict that this gives. */
  readonly onLine: (line: DeskLine) => void;
}

/**
 * A PUT of a mask to its stable place is kept from the object store. Its sender gives up and tries again, then a reviewer approves another mask of the same picture,
 * which goes to the same place; then the first PUT lands. @returns none: there was none to hold; over newer: the older bytes lay over the newer mask; no newer: it came before
 */
export const letPutLandLate = async ({ proxy, app, jobs, onLine }: LatePutParts): Promise<'none' | 'over newer' | 'no newer'> => {
  let key = '';
  const isStablePut = (head: string): boolean => {
    const path = /^PUT \S*?\/(data\/masks\/\S+?)(?:\?\S*)? HTTP/.exec(head)?.[1];
    if (path === undefined) return false;
    key = decodeURIComponent(path);
    return true;
  };
  const holding = proxy.holdNext(isStablePut);
  const timer = new AbortController();
  const held = await Promise.race([holding, wait(heldWithinMs, null, { signal: timer.signal })]);
  timer.abort();
  if (held === null) {
    // Should it still come, it is one that never arrives.
    void holding.then((late) => late.drop());
    return 'none';
  }
  const heldAtMs = performance.now();
  const untilMs = heldAtMs + releasedWithinMs;
  const asset = jobs.flatMap((job) => job.assets).find(({ id }) => key.endsWith(`/${fileNameOfId(id, sha256OfText)}.png`));
  const ref: AssetRef | null = asset === undefined ? null : { kind: asset.kind, id: asId(asset.id) };
  const newer = ref === null ? null : await overrule(app, ref, key, untilMs, onLine);
  // The object store may be away just now.
  const isTooOld = (): boolean => performance.now() - heldAtMs > latenessSeconds * 1000;
  await eventually(async () => (isTooOld() ? held.drop() : held.release()));
  if (isTooOld()) return 'none';
  if (newer === null) return 'no newer';
  const lies = await eventually(() => bytesAt(app, key));
  return lies !== null && lies !== newer ? 'over newer' : 'no newer';
};

/** Once its first mask is public, another one is approved and put to the same place. @returns the digest of what lies there then; null where that could not be done in time */
const overrule = async (app: App, ref: AssetRef, key: string, untilMs: number, onLine: (line: DeskLine) => void): Promise<string | null> => {
  const { store, pixels, review } = app.services;
  let approved: string | null = null;
  for (; performance.now() < untilMs; await wait(lookEveryMs)) {
    try {
      const asset = await store.assets.get(ref);
      if (asset?.maskedLocalPath == null) continue;
      if (approved === null) {
        const { maskSha256 } = await pixels.uploadMask(asset, encodeRle(ownMask()));
        const { verdict } = await review.approve({ asset, expectedHead: asset.headRevisionId, maskSha256 });
        approved = maskSha256;
        onLine({ kind: 'acknowledged', verdict: verdict.kind, asset: ref, verdictId: verdict.verdictId, undoesVerdictId: null, maskSha256, atMs: Date.now() });
      }
      if ((await bytesAt(app, key)) === approved) return approved;
    } catch (error) {
      // Somebody else was quicker, or a server is away: until the time is over.
      if (!isExpected(error)) throw error;
    }
  }
  return null;
};

/** One that nobody has painted before. */
const ownMask = () => {
  const mask = emptyBitmap(photoWidthPx, photoHeightPx);
  for (let row = 0; row < photoHeightPx; row += 2) mask.data.fill(255, row * photoWidthPx, row * photoWidthPx + 20 + Math.floor(Math.random() * 200));
  return mask;
};

const bytesAt = async (app: App, key: string): Promise<string | null> => {
  try {
    return sha256(await app.blobs.get(key));
  } catch (error) {
    if (isExpected(error, 'blob_missing')) return null;
    throw error;
  }
};
