import { expect, test } from 'vitest';
import { LatestQuestion } from './latestQuestion.ts';

/** Is answered when the test says so; `signal` is the one that it was put with. */
const held = () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const signals: AbortSignal[] = [];
  return { put: (signal: AbortSignal) => (signals.push(signal), promise), answer: resolve, fail: reject, signals };
};

test('the newest is answered; the one before is told to stop and comes to nothing, answered or failed', async () => {
  const question = new LatestQuestion();
  const [first, second, third] = [held(), held(), held()];
  const asked = [question.ask(first.put), question.ask(second.put), question.ask(third.put)];
  expect([first, second, third].map(({ signals }) => signals[0]?.aborted)).toEqual([true, true, false]);
  first.answer('late');
  second.fail(new Error('stopped'));
  third.answer('yes');
  expect(await Promise.all(asked)).toEqual([null, null, { answer: 'yes' }]);
});

test('a failure of the newest is the asker’s', async () => {
  const question = new LatestQuestion();
  await expect(question.ask(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await question.ask(() => Promise.resolve(7))).toEqual({ answer: 7 });
});

test('what is given up comes to nothing', async () => {
  const question = new LatestQuestion();
  const only = held();
  const asked = question.ask(only.put);
  question.giveUp();
  expect(only.signals[0]?.aborted).toBe(true);
  only.answer('late');
  expect(await asked).toBeNull();
});
