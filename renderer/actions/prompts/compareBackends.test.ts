import { describe, expect, it } from 'vitest';
import type { PromptAnswer } from '../../bridge/promptDecoder.ts';
import { compareBackends } from './compareBackends.ts';

const answerOf = (backend: PromptAnswer['backend'], logit: (cell: number) => number): PromptAnswer => ({
  backend,
  decodeMs: 1,
  candidates: [{ widthPx: 256, heightPx: 256, predictedIou: 0.9, logits: Float32Array.from({ length: 256 * 256 }, (_, cell) => logit(cell)) }],
});
const native = answerOf('native', (cell) => cell - 30_000);

/** A clock that only asks move on. */
let clockMs = 0;
const nowMs = (): number => clockMs;
const taking = (ms: number, answer: PromptAnswer) => () => {
  clockMs += ms;
  return Promise.resolve(answer);
};
const undisturbed = () => Promise.resolve({ wasDisturbed: () => false });

describe('comparing the decoders', () => {
  it('takes the window when it is clearly quicker and answers the same', async () => {
    const measured = await compareBackends(taking(12, native), taking(2, answerOf('webgpu', (cell) => cell - 30_000 + 0.004)), undisturbed, nowMs);
    expect(measured).toMatchObject({ backend: 'window', execution: 'webgpu' });
    expect(measured?.largestDifference).toBeCloseTo(0.004, 2);
  });

  it('takes the process when it is quicker', async () => {
    expect(await compareBackends(taking(1, native), taking(8, answerOf('wasm', (cell) => cell - 30_000)), undisturbed, nowMs)).toMatchObject({ backend: 'native', execution: 'wasm' });
  });

  it('asks twice each beside the warming where one is far quicker, five times where they are close', async () => {
    const asksWith = async (windowMs: number): Promise<number> => {
      let asks = 0;
      const count = () => (asks++, taking(windowMs, answerOf('wasm', (cell) => cell - 30_000))());
      await compareBackends(taking(10, native), count, undisturbed, nowMs);
      return asks;
    };
    expect([await asksWith(40), await asksWith(12)]).toEqual([3, 6]);
  });

  it.each([
    ['another mask', (cell: number) => cell - 20_000],
    ['no numbers', () => NaN],
  ])('never takes a window that gives %s, however quick', async (_, logit) => {
    const measured = await compareBackends(taking(8, native), taking(0, answerOf('webgpu', logit)), undisturbed, nowMs);
    expect(measured).toMatchObject({ backend: 'native' });
    expect(JSON.parse(JSON.stringify(measured))).toEqual(measured);
  });

  it('gives up while somebody works', async () => {
    expect(await compareBackends(taking(0, native), taking(0, native), () => Promise.resolve({ wasDisturbed: () => true }))).toBeNull();
  });
});
