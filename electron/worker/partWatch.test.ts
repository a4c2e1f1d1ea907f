import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { PartWatch, type PartState } from './partWatch.ts';

/** A part whose looks end when the test says so. */
const watched = () => {
  const told: (string | null)[] = [];
  const answers: { up: () => void; down: (sentence: string) => void }[] = [];
  const watch = new PartWatch({
    name: 'store',
    probe: () => new Promise<void>((resolve, reject) => answers.push({ up: resolve, down: (sentence) => reject(new ExpectedError('store_unreachable', sentence)) })),
    onChange: (_, { reason }: PartState) => told.push(reason),
  });
  return { watch, told, answers };
};

describe('PartWatch', () => {
  it('is down until the first look says otherwise, and tells changes alone', async () => {
    const { watch, told, answers } = watched();
    expect(watch.state.isUp).toBe(false);
    for (const sentence of [null, null, 'gone', 'still gone', null]) {
      const look = watch.look();
      if (sentence === null) answers.at(-1)?.up();
      else answers.at(-1)?.down(sentence);
      expect((await look).reason).toBe(sentence);
    }
    expect(told).toEqual([null, 'gone', null]);
    watch.dispose();
  });

  it('believes the work before a look that began earlier', async () => {
    const { watch, answers, told } = watched();
    const look = watch.look();
    watch.report(new ExpectedError('store_unreachable', 'connection refused'));
    answers[0]?.up();
    expect(await look).toMatchObject({ isUp: false, reason: 'connection refused' });
    const next = watch.look();
    answers.at(-1)?.up();
    await next;
    expect(told).toEqual(['connection refused', null]);
    watch.dispose();
  });

  it('takes an answer that does not come for none', async () => {
    const watch = new PartWatch({ name: 'blobs', probe: () => new Promise(() => undefined), timeoutMs: 1, onChange: () => undefined });
    expect(await watch.look()).toMatchObject({ isUp: false, reason: 'no answer within 0.001 s' });
    watch.dispose();
  });
});
