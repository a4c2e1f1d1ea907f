/**
 * A desk without a window: takes the next item that nobody else has, judges it, often with a mask of its own, and sometimes takes a verdict back; until it is killed.
 * Arguments: the maskdesk.toml, the random seed, the reviewer's name. Prints an acknowledged verdict as soon as it has it, one JSON object a line.
 */
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../../electron/app/config.ts';
import { createApp } from '../../electron/app/createApp.ts';
import { createRandom } from '../../electron/cli/crash/random.ts';
import type { VerdictResult } from '../../shared/contracts/rpc/review.ts';
import type { Asset } from '../../shared/domain/asset.ts';
import { isExpected, present } from '../../shared/errors/errors.ts';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import { eventually } from './eventually.ts';
import type { DeskLine } from './deskLine.ts';

// Not process.stdout: a line that is still in a buffer when the kill comes would be a verdict nobody knows of.
const say = (line: DeskLine): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const [configFile, seed, reviewer] = process.argv.slice(2);
const random = createRandom(Number(seed));
const open = async () => createApp({ ...(await loadConfig({ configFile: present(configFile, 'the configuration'), reviewer: present(reviewer, 'the reviewer') })), background: true }, { heedsLeases: true, background: { newcomers: false, otherWriters: true, checks: false } });
const app = await eventually(open, (error) => isExpected(error, 'store_unreachable') || isExpected(error, 'blobs_unreachable'));
const { pixels, review, itemLeases } = app.services;

const paintedMask = (widthPx: number, heightPx: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  for (let row = 0; row < heightPx; row++) {
    const start = row * widthPx + random.below(widthPx);
    mask.data.fill(255, start, Math.min(start + random.below(80), (row + 1) * widthPx));
  }
  return mask;
};

const approvePainted = async (asset: Asset): Promise<VerdictResult> => {
  const { maskSha256 } = await pixels.uploadMask(asset, encodeRle(paintedMask(asset.widthPx ?? 320, asset.heightPx ?? 240)));
  return review.approve({ asset, expectedHead: asset.headRevisionId, maskSha256 });
};
const approve = (asset: Asset): Promise<VerdictResult> => review.approve({ asset, expectedHead: asset.headRevisionId, maskSha256: null });
const reject = (asset: Asset): Promise<VerdictResult> => review.reject({ asset, expectedHead: asset.headRevisionId, reason: 'holes', note: null });
const reopen = (asset: Asset): Promise<VerdictResult> => review.reopen({ asset, expectedHead: asset.headRevisionId });
const undo = (): Promise<VerdictResult> => review.undo({});

/** How often something happens is how often it stands here. */
const first: readonly ((asset: Asset) => Promise<VerdictResult>)[] = [approvePainted, approvePainted, approve, approve, reject];
const second: readonly ((asset: Asset) => Promise<VerdictResult>)[] = [undo, reopen, approvePainted, reject];

const judge = async (): Promise<void> => {
  const open = await itemLeases.takeNext({ after: null, states: ['to_review'], direction: 1, sort: 'newest' }, 'open');
  if (open === null) return void (await wait(300));
  const told = ({ verdict, head }: VerdictResult): void =>
    say({ kind: 'acknowledged', verdict: verdict.kind, asset: { kind: verdict.asset.kind, id: verdict.asset.id }, verdictId: verdict.verdictId, undoesVerdictId: verdict.undoesVerdictId, maskSha256: verdict.kind === 'approve' ? (head?.maskSha256 ?? null) : null, atMs: Date.now() });
  const given = await present(first[random.below(first.length)], 'a turn')(open);
  told(given);
  if (random.below(4) === 0) told(await present(second[random.below(second.length)], 'a turn')(given.asset));
};

say({ kind: 'ready', atMs: Date.now() });
for (;;) {
  try {
    await judge();
  } catch (error) {
    // Servers come and go, somebody else was quicker, an answer came too late: all of it is expected, and the next turn comes.
    if (!isExpected(error)) throw error;
    say({ kind: 'refused', code: error.code, atMs: Date.now() });
    await wait(200);
  }
  // As quick as a person with a key under each finger.
  await wait(random.below(400));
}
