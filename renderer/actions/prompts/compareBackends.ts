import type { PromptAnswer } from '../../bridge/promptDecoder.ts';
import type { BackendMeasurement } from '../../stores/promptBackend.ts';

export type Ask = () => Promise<PromptAnswer>;

const rounds = 5;
/** When every round so far says that one takes twice as long as the other, two rounds are enough. */
const [clearly, clearRounds] = [2, 2];
/** The window has to win clearly: it needs memory of its own, where the decoding process is there anyway. */
const worthWhile = 0.9;
/** Share of the logits that may lie on another side of 0: a graphics driver that computes nonsense is as quick as a good one. */
const mostUnlike = 0.002;

const medianOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

interface Difference {
  readonly largest: number;
  readonly shareUnlike: number;
}

const differenceOf = (a: PromptAnswer, b: PromptAnswer): Difference => {
  let largest = 0;
  let unlike = 0;
  let count = 0;
  for (const [index, { logits }] of a.candidates.entries()) {
    const others = b.candidates[index]?.logits ?? new Float32Array(0);
    for (let cell = 0; cell < logits.length; cell++) {
      const [mine, other] = [logits[cell] as number, others[cell] ?? NaN];
      const difference = Math.abs(mine - other);
      // Not a number is as unlike as can be.
      if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
      if (mine > 0 !== other > 0) unlike++;
      count++;
    }
  }
  return { largest: Math.min(largest, Number.MAX_VALUE), shareUnlike: unlike / Math.max(1, count) };
};

/**
 * The same prompt by both ways, warmed, in turns, so that whatever else the machine does meets both; whole round trips as the page sees them.
 * @param quiet resolves when nobody else asks a decoder; a round in which somebody did is not counted but begun again
 * @returns null when it was disturbed too often
 */
export const compareBackends = async (native: Ask, inWindow: Ask, quiet: () => Promise<{ readonly wasDisturbed: () => boolean }>, nowMs = (): number => performance.now()): Promise<BackendMeasurement | null> => {
  await quiet();
  const nativeAnswer = await native();
  const windowAnswer = await inWindow();
  const timesMs: { native: number; window: number }[] = [];
  const isClear = (): boolean =>
    timesMs.length >= clearRounds && (timesMs.every((time) => time.window > clearly * time.native) || timesMs.every((time) => time.native > clearly * time.window));
  for (let attempt = 0; timesMs.length < rounds && !isClear(); attempt++) {
    if (attempt === 3 * rounds) return null;
    const watch = await quiet();
    const startedMs = nowMs();
    await native();
    const betweenMs = nowMs();
    await inWindow();
    const endedMs = nowMs();
    if (!watch.wasDisturbed()) timesMs.push({ native: betweenMs - startedMs, window: endedMs - betweenMs });
  }
  const nativeMs = medianOf(timesMs.map((time) => time.native));
  const windowMs = medianOf(timesMs.map((time) => time.window));
  const { largest, shareUnlike } = differenceOf(nativeAnswer, windowAnswer);
  return {
    nativeMs,
    windowMs,
    execution: windowAnswer.backend === 'webgpu' ? 'webgpu' : 'wasm',
    largestDifference: largest,
    backend: windowMs < nativeMs * worthWhile && shareUnlike <= mostUnlike ? 'window' : 'native',
    measuredAtMs: Date.now(),
  };
};
