import { describe, expect, it } from 'vitest';
import type { BatchProgress } from '../../shared/domain/intake.ts';
import { asId, type JobId } from '../../shared/domain/ids.ts';
import type { OutgoingEvent } from '../../shared/ports/broker.ts';
import { ProgressTeller } from './progressTeller.ts';

const batch = (stored: number, change: Partial<BatchProgress> = {}): BatchProgress => ({
  jobId: asId<JobId>('job'),
  kind: 'product_image',
  expected: 10,
  arrived: stored,
  stored,
  failed: 0,
  missing: 10 - stored,
  firstSeenAtMs: 0,
  lastActivityAtMs: 0,
  deadlineAtMs: null,
  sentAtMs: null,
  sentTotal: null,
  completedBy: null,
  isTimedOut: false,
  ...change,
});

const teller = () => {
  const sent: OutgoingEvent[] = [];
  const time = { nowMs: 1000 };
  const progress = new ProgressTeller({
    broker: {
      publish: (event) => {
        sent.push(event);
        return Promise.resolve('received');
      },
    },
    topic: 'maskdesk.job.progress',
    everyMs: 100,
    nowMs: () => time.nowMs,
    uuid: () => '11111111-1111-4111-8111-111111111111',
  });
  return { progress, time, stored: () => sent.map(({ payload }) => payload['stored']), sent };
};

describe('ProgressTeller', () => {
  it('tells what has changed, at most so often', async () => {
    const { progress, time, stored } = teller();
    await progress.tell([batch(1)]);
    await progress.tell([batch(2)]);
    expect(stored()).toEqual([1]);
    time.nowMs += 100;
    await progress.tell([batch(3)]);
    time.nowMs += 100;
    await progress.tell([batch(3)]);
    expect(stored()).toEqual([1, 3]);
  });

  it('tells the end of a job at once, and once', async () => {
    const { progress, stored, sent } = teller();
    await progress.tell([batch(9)]);
    for (let look = 0; look < 3; look++) await progress.tell([batch(10, { sentAtMs: 5, sentTotal: 10 })]);
    expect(stored()).toEqual([9, 10]);
    expect(sent.at(-1)).toMatchObject({ topic: 'maskdesk.job.progress', correlationId: 'job', payload: { job_id: 'job', kind: 'product_image', expected: 10, stored: 10, failed: 0 } });
  });

  it('is silent about jobs that were over before', async () => {
    const { progress, stored } = teller();
    await progress.tell([batch(10, { sentAtMs: 5, sentTotal: 10 })]);
    expect(stored()).toEqual([]);
  });
});
