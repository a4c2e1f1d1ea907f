import type { SegmentationStatus } from '../../../shared/contracts/rpc/segmentation.ts';
import type { TaskBatch, TaskCounts } from '../../../shared/domain/task.ts';
import { duration } from '../shared/words.ts';

export const pictures = (count: number): string => `${count.toLocaleString()} ${count === 1 ? 'picture' : 'pictures'}`;

export const totalOf = (counts: TaskCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** 0..1 of what was put in line together, cancelled ones left out. */
export const shareOf = ({ counts }: TaskBatch): number => {
  const all = totalOf(counts) - counts.cancelled;
  return all === 0 ? 1 : (counts.done + counts.failed) / all;
};

const parts = (...words: readonly (string | null)[]): string => words.filter((word) => word !== null).join(' · ');
const unlessNone = (count: number, word: string): string | null => (count === 0 ? null : `${count.toLocaleString()} ${word}`);

/** "212 of 480 done · 3 failed · 2 in hand" */
export const countsInWords = ({ counts }: TaskBatch): string =>
  parts(
    `${counts.done.toLocaleString()} of ${totalOf(counts).toLocaleString()} done`,
    unlessNone(counts.failed, 'failed'),
    unlessNone(counts.running, 'in hand'),
    unlessNone(counts.cancelled, 'cancelled'),
  );

/** "265 to segment · 12 a minute · 22 min left" */
export const paceOf = ({ counts, paused, perMinute, secondsLeft }: SegmentationStatus): string => {
  const left = `${(counts.queued + counts.running).toLocaleString()} to segment`;
  if (paused) return parts('Paused', left);
  return parts(left, perMinute === null ? null : `${perMinute.toFixed(perMinute < 10 ? 1 : 0)} a minute`, secondsLeft === null ? null : `${duration(secondsLeft)} left`);
};
