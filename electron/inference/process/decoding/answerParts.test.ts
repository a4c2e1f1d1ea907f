import { describe, expect, it } from 'vitest';
import { readCandidates } from '../../../../shared/prompts/readCandidates.ts';
import { answerParts } from './answerParts.ts';
import { ForgottenError, LatestAnswers } from './latestAnswers.ts';

const logitsCount = 256 * 256;
const outputsOf = (values: readonly number[], ious: readonly number[]) => [
  { name: 'low_res_masks', dims: [1, values.length, 256, 256], data: Float32Array.from({ length: values.length * logitsCount }, (_, at) => values[Math.floor(at / logitsCount)] as number) },
  { name: 'iou_predictions', dims: [1, ious.length], data: Float32Array.from(ious) },
];

describe('an answer in two parts', () => {
  it('has the candidate first that agrees with the points, and is the whole answer when it is put together', () => {
    const outputs = outputsOf([-1, 2, 3], [0.9, 0.5, 0.7]);
    const { first, rest, candidates } = answerParts(outputs, [{ cell: 5, label: 1 }]);
    expect([first.candidate, first.logits[0], first.logits.buffer.byteLength]).toEqual([2, 3, 4 * logitsCount]);
    expect(first.predictedIou).toBeCloseTo(0.7);
    expect(rest[0]?.dims).toEqual([1, 2, 256, 256]);
    const whole = readCandidates('sam', outputs);
    const again = readCandidates('sam', rest, { index: first.candidate, logits: first.logits });
    expect(again.map(({ predictedIou }) => predictedIou)).toEqual(whole.map(({ predictedIou }) => predictedIou));
    for (const [index, { logits }] of again.entries()) {
      expect(logits).toEqual(whole[index]?.logits);
      expect(candidates[index]).toEqual(logits);
    }
    expect(answerParts(outputs, [{ cell: 5, label: 0 }]).first.candidate).toBe(0);
  });

  it('of one candidate has nothing in the second', () => {
    const { first, rest } = answerParts(outputsOf([4], [0.3]), []);
    expect(readCandidates('sam', rest, { index: first.candidate, logits: first.logits })).toMatchObject([{ logits: first.logits }]);
  });

  it('is none of other outputs', () => {
    expect(() => answerParts(outputsOf([1, 2], [0.5]), [])).toThrow('low_res_masks [1, 2, 256, 256]');
  });
});

it('the latest answers are there to be continued from, those used longest ago are forgotten', () => {
  const latest = new LatestAnswers();
  for (let requestId = 0; requestId < 24; requestId++) latest.keep(requestId, [Float32Array.of(requestId)]);
  expect(latest.maskInput(0, 0)).toMatchObject({ name: 'mask_input', data: Float32Array.of(0) });
  latest.keep(24, [Float32Array.of(24)]);
  expect(latest.maskInput(0, 0).data[0]).toBe(0);
  expect(() => latest.maskInput(1, 0)).toThrow(ForgottenError);
  expect(() => latest.maskInput(24, 1)).toThrow(ForgottenError);
});
