/**
 * The victim of the crash program: approves freshly painted masks of random assets as fast as it can until it is killed.
 * Arguments: the store's folder and the random seed.
 */
import { writeSync } from 'node:fs';
import { createApp } from '../../app/createApp.ts';
import { loadConfig } from '../../app/config.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { encodeRle } from '../../../shared/mask/rleBinary.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import { photoHeightPx, photoWidthPx, type WriterLine } from './protocol.ts';
import { createRandom, type Random } from './random.ts';

// Not process.stdout: a line that is still in a buffer when the kill comes would be an approval nobody knows of.
const say = (line: WriterLine): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const paintedMask = (random: Random): Bitmap => {
  const mask = emptyBitmap(photoWidthPx, photoHeightPx);
  for (let row = 0; row < photoHeightPx; row++) {
    const start = row * photoWidthPx + random.below(photoWidthPx);
    mask.data.fill(255, start, Math.min(start + random.below(80), (row + 1) * photoWidthPx));
  }
  return mask;
};

const [storeDir, seed] = process.argv.slice(2);
const app = await createApp(await loadConfig({ ...(storeDir === undefined ? {} : { storeDir }), reviewer: 'crash' }));
const { store, pixels, review } = app.services;
const { assets } = await store.assets.list({ limit: 100, sort: 'product' });
const random = createRandom(Number(seed));
say({ kind: 'ready' });

for (;;) {
  const asset = assets[random.below(assets.length)];
  if (asset === undefined) throw new Error('the store is empty');
  const current = await store.assets.get(asset);
  const { maskSha256 } = await pixels.uploadMask(asset, encodeRle(paintedMask(random)));
  try {
    const { verdict, publication } = await review.approve({ asset, expectedHead: current?.headRevisionId ?? null, maskSha256 });
    say({
      kind: 'acknowledged',
      assetId: asset.id,
      verdictId: verdict.verdictId,
      publicationId: publication?.publicationId ?? '',
      maskSha256,
      eventIds: (publication?.events ?? []).map((event) => event.eventId),
    });
  } catch (error) {
    if (!isExpected(error, 'stale_revision')) throw error;
    say({ kind: 'stale' });
  }
}
