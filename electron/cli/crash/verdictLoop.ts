/**
 * The victim of the crash program: gives verdicts on random assets as fast as it can until it is killed. Often it approves what it has
 * just painted; else it approves a mask again, rejects, reopens, or takes its own latest verdict back.
 * Arguments: the store's folder, the random seed and the reviewer's name.
 */
import { writeSync } from 'node:fs';
import { createApp } from '../../app/createApp.ts';
import { loadConfig } from '../../app/config.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { encodeRle } from '../../../shared/mask/rleBinary.ts';
import type { VerdictResult } from '../../../shared/contracts/rpc/review.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import { replayVerdicts, standingApproval } from '../../../shared/domain/reviewState.ts';
import { isExpected, present } from '../../../shared/errors/errors.ts';
import { photoHeightPx, photoWidthPx, type WriterLine } from './protocol.ts';
import { createRandom, type Random } from './random.ts';

// Not process.stdout: a line that is still in a buffer when the kill comes would be a verdict nobody knows of.
const say = (line: WriterLine): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const paintedMask = (random: Random): Bitmap => {
  const mask = emptyBitmap(photoWidthPx, photoHeightPx);
  for (let row = 0; row < photoHeightPx; row++) {
    const start = row * photoWidthPx + random.below(photoWidthPx);
    mask.data.fill(255, start, Math.min(start + random.below(80), (row + 1) * photoWidthPx));
  }
  return mask;
};

const [storeDir, seed, reviewer = 'crash'] = process.argv.slice(2);
const app = await createApp(await loadConfig({ ...(storeDir === undefined ? {} : { storeDir }), reviewer }));
const { store, pixels, review } = app.services;
const { assets } = await store.assets.list({ limit: 100, sort: 'product' });
const random = createRandom(Number(seed));

const approvePainted = async (asset: Asset): Promise<VerdictResult> => {
  const { maskSha256 } = await pixels.uploadMask(asset, encodeRle(paintedMask(random)));
  return review.approve({ asset, expectedHead: asset.headRevisionId, maskSha256 });
};

const approveAgain = (asset: Asset): Promise<VerdictResult> =>
  asset.headRevisionId === null ? approvePainted(asset) : review.approve({ asset, expectedHead: asset.headRevisionId, maskSha256: null });

const reject = (asset: Asset, expectedHead = asset.headRevisionId): Promise<VerdictResult> =>
  review.reject({ asset, expectedHead, reason: 'holes', note: null });

/** Goes back to the mask that is published and rejects it: what brings earlier approvals and, in the end, withdrawals to light. */
const rejectStanding = async (asset: Asset): Promise<VerdictResult> => {
  const standing = standingApproval(replayVerdicts(await store.review.verdictsOf(asset)));
  if (standing === null) return reject(asset);
  await store.revisions.moveHead(asset, standing.revisionId, asset.headRevisionId);
  return reject(asset, standing.revisionId);
};

const undo = (): Promise<VerdictResult> => review.undo({});

/** One of them at random: how often something happens is how often it stands here. As many masks come as go, on the whole. */
const turns: readonly ((asset: Asset) => Promise<VerdictResult>)[] = [
  approvePainted,
  approvePainted,
  approvePainted,
  approveAgain,
  reject,
  rejectStanding,
  rejectStanding,
  (asset) => review.reopen({ asset, expectedHead: asset.headRevisionId }),
  undo,
  undo,
];

const sayAcknowledged = ({ verdict, head, publication }: VerdictResult): void =>
  say({
    kind: 'acknowledged',
    verdict: verdict.kind,
    assetId: verdict.asset.id,
    verdictId: verdict.verdictId,
    revisionId: verdict.revisionId,
    undoesVerdictId: verdict.undoesVerdictId,
    maskSha256: verdict.kind === 'approve' ? (head?.maskSha256 ?? null) : null,
    publication:
      publication === null
        ? null
        : { publicationId: publication.publicationId, revisionId: publication.revisionId, eventIds: publication.events.map((event) => event.eventId) },
  });

say({ kind: 'ready' });
for (;;) {
  const asset = await store.assets.get(present(assets[random.below(assets.length)], 'an asset of the crash store'));
  try {
    sayAcknowledged(await present(turns[random.below(turns.length)], 'a turn')(present(asset, 'an asset')));
  } catch (error) {
    // The other writer was quicker, or its verdict lies on the one that was to be taken back.
    if (!isExpected(error, 'stale_revision') && !isExpected(error, 'nothing_to_undo')) throw error;
    say({ kind: 'refused' });
  }
}
