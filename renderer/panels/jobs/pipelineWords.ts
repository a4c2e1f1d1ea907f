import type { BatchProgress } from '../../../shared/domain/intake.ts';
import { clockTime, masksWord } from '../shared/words.ts';

export const kindWords = { product_image: 'Product images', keyframe: 'Keyframes' } as const;

/** 0..1 of what is expected, or has arrived while nothing is known; null: there is nothing to be a share of. */
export const shareOfBatch = ({ expected, arrived, stored, failed }: BatchProgress): number | null => {
  const all = Math.max(expected ?? 0, arrived);
  if (all === 0) return expected === null ? null : 1;
  return (stored + failed) / all;
};

/** "212 of 480 stored · 3 failed · 12 not arrived yet" */
export const batchInWords = ({ expected, arrived, stored, failed, missing, sentAtMs }: BatchProgress): string => {
  if (expected === 0 && arrived === 0) return 'The job has none';
  return [
    expected === null ? `${stored.toLocaleString()} of ${arrived.toLocaleString()} so far stored` : `${stored.toLocaleString()} of ${expected.toLocaleString()} stored`,
    failed === 0 ? null : `${failed.toLocaleString()} failed`,
    missing === 0 ? null : `${missing.toLocaleString()} ${sentAtMs === null ? 'not arrived yet' : 'never arrived'}`,
  ]
    .filter((word) => word !== null)
    .join(' · ');
};

/** What has become of it: "Sent 14:02 with 480 masks", "Total not told yet". */
export const batchState = ({ expected, sentAtMs, sentTotal, isTimedOut, deadlineAtMs, missing }: BatchProgress): string => {
  if (sentAtMs !== null) return `${isTimedOut ? 'Timed out, sent' : 'Sent'} ${clockTime(sentAtMs)}${sentTotal === null ? '' : ` with ${masksWord(sentTotal)}`}`;
  if (expected === null) return 'Total not told yet';
  if (missing > 0 && deadlineAtMs !== null) return `Waits until ${clockTime(deadlineAtMs)}`;
  return 'Under way';
};
