import type { App } from '../../electron/app/createApp.ts';
import type { Asset } from '../../shared/domain/asset.ts';
import { asId, type AssetId, type Sha256 } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';

export interface ApprovalTimes {
  /** Until the approval is acknowledged: it is in the database and can't be lost. */
  readonly acknowledgedMs: readonly number[];
  /** From there until its mask lies at its stable path and its event is with the broker. */
  readonly publishedMs: readonly number[];
}

/** A mask of a reviewer's own, another for each. */
const paintedMask = ({ widthPx, heightPx }: Asset, turn: number) => {
  const mask = emptyBitmap(present(widthPx, 'a width'), present(heightPx, 'a height'));
  for (let row = 0; row < mask.heightPx; row++) mask.data.fill(255, row * mask.widthPx, row * mask.widthPx + ((row * 7 + turn * 13) % mask.widthPx));
  return encodeRle(mask);
};

/**
 * A reviewer's approvals one after another, as the desk makes them.
 * @param painted each with a mask of the reviewer's own, whose upload counts: that is what the person waits for
 */
export const approveEach = async ({ services: { pixels, review, store }, publisher }: App, ids: readonly string[], painted: boolean): Promise<ApprovalTimes> => {
  const acknowledgedMs: number[] = [];
  const publishedMs: number[] = [];
  for (const [turn, id] of ids.entries()) {
    const asset = present(await store.assets.get({ kind: 'product_image', id: asId<AssetId>(id) }), id);
    const mask = painted ? paintedMask(asset, turn) : null;
    const startedMs = performance.now();
    const maskSha256: Sha256 | null = mask === null ? null : (await pixels.uploadMask(asset, mask)).maskSha256;
    await review.approve({ asset, expectedHead: asset.headRevisionId, maskSha256 });
    const doneMs = performance.now();
    acknowledgedMs.push(doneMs - startedMs);
    const { problems } = await publisher.drain();
    if (problems[0] !== undefined) throw new Error(problems[0]);
    publishedMs.push(performance.now() - doneMs);
  }
  return { acknowledgedMs, publishedMs };
};
