import { expect, it } from 'vitest';
import { asId, type JobId } from '../../../shared/domain/ids.ts';
import type { BatchProgress } from '../../../shared/domain/intake.ts';
import { batchInWords, batchState, shareOfBatch } from './pipelineWords.ts';

const batch: BatchProgress = {
  jobId: asId<JobId>('job'),
  kind: 'product_image',
  expected: 10,
  arrived: 8,
  stored: 4,
  failed: 1,
  missing: 2,
  firstSeenAtMs: 0,
  lastActivityAtMs: 0,
  deadlineAtMs: 60_000,
  sentAtMs: null,
  sentTotal: null,
  completedBy: null,
  isTimedOut: false,
};
const sent = { ...batch, sentAtMs: 60_000, sentTotal: 4, deadlineAtMs: null };

it('says how far a batch is', () => {
  expect(batchInWords(batch)).toBe('4 of 10 stored · 1 failed · 2 not arrived yet');
  expect(batchInWords({ ...batch, expected: null, missing: 0 })).toBe('4 of 8 so far stored · 1 failed');
  expect(batchInWords(sent)).toContain('2 never arrived');
  expect(batchInWords({ ...batch, expected: 0, arrived: 0, stored: 0, failed: 0, missing: 0 })).toBe('The job has none');
  expect(batchState({ ...sent, sentTotal: 1 })).toMatch(/with 1 mask$/);
  expect(batchState({ ...batch, expected: null })).toBe('Total not told yet');
  expect(batchState(batch)).toMatch(/^Waits until/);
  expect(batchState({ ...batch, missing: 0 })).toBe('Under way');
  expect(batchState(sent)).toMatch(/^Sent .* with 4 masks$/);
  expect(batchState({ ...sent, isTimedOut: true })).toMatch(/^Timed out, sent/);
});

it('knows its share once there is something to be a share of', () => {
  expect(shareOfBatch(batch)).toBe(0.5);
  expect(shareOfBatch({ ...batch, expected: null })).toBe(5 / 8);
  expect(shareOfBatch({ ...batch, expected: null, arrived: 0, stored: 0, failed: 0 })).toBe(null);
  expect(shareOfBatch({ ...batch, expected: 0, arrived: 0, stored: 0, failed: 0 })).toBe(1);
});
