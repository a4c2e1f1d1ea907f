import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import { isCancelled, isExpected, sentenceOf } from '../../../shared/errors/errors.ts';
import type { Prompt } from '../../../shared/prompts/prompt.ts';
import { DecodeLanes } from '../../bridge/decodeLanes.ts';
import { connectDecoder, decodeInWindow, decodeNatively, decodeThroughCore, dropDecoderPort, endWindowDecoder, holdInWindow, type NativeOptions, type PromptAnswer } from '../../bridge/promptDecoder.ts';
import type { DecodeOptions, PromptDecoder } from '../../editor/prompts/decoder.ts';
import { appInfo } from '../../stores/appInfo.ts';
import { useConnection } from '../../stores/connection.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { keepBackendMeasurement, loadBackendMeasurements, noteDecoderInUse, usePromptBackend } from '../../stores/promptBackend.ts';
import { markAnswered, markAsked } from './clickMarks.ts';
import { compareBackends } from './compareBackends.ts';

type Backend = 'native' | 'window';

const topic = 'promptDecoder';
/** Measuring waits for a pause as long as this: a person who clicks comes first. */
const quietMs = 800;

const lanes = new DecodeLanes();
/** What failed in this session is not tried first again, with that decoder: another one may well go. */
const broken = new Set<string>();
const brokenName = (backend: Backend, embedding: PreparedEmbedding): string => `${backend} ${nameOf(embedding)}`;
/** Decoders whose comparison was begun in this session. */
const compared = new Set<string>();
/** Asks of persons: under way, and begun so far. */
let underWay = 0;
let asks = 0;
let lastAskMs = 0;

/**
 * Names a decoder on this machine's runtimes. The app's version stands for both ONNX Runtimes, which it pins; the browser's for its graphics and wasm,
 * the cores for the threads.
 */
const nameOf = ({ modelId, decoderSha256 }: PreparedEmbedding): string => {
  const chrome = /Chrome\/([\d.]+)/.exec(navigator.userAgent)?.[1] ?? 'unknown';
  return [modelId, decoderSha256.slice(0, 16), appInfo()?.version ?? 'unknown', chrome, navigator.hardwareConcurrency].join(' ');
};

/** The decoding process until measured: nothing has to be loaded for it. */
const backendFor = (embedding: PreparedEmbedding): Backend => {
  const forced = usePreferences.getState().promptDecoder;
  const chosen = forced === 'automatic' ? (usePromptBackend.getState().measurements?.[nameOf(embedding)]?.backend ?? 'native') : forced;
  const other = chosen === 'native' ? 'window' : 'native';
  return broken.has(brokenName(chosen, embedding)) && !broken.has(brokenName(other, embedding)) ? other : chosen;
};

const ask = (backend: Backend, embedding: PreparedEmbedding, prompt: Prompt, options: NativeOptions): Promise<PromptAnswer> =>
  backend === 'native' ? decodeNatively(embedding, prompt, options) : decodeInWindow(embedding, prompt);

const words = {
  native: ['The decoding process', 'This window answers prompts instead.'],
  window: ['The decoder in this window', 'The decoding process answers prompts instead.'],
} as const satisfies Record<Backend, readonly [string, string]>;

/** The way that was chosen has failed: the other one, and then the core. Said once. */
const fallBack = async (failed: Backend, error: unknown, embedding: PreparedEmbedding, prompt: Prompt, options: NativeOptions): Promise<PromptAnswer> => {
  const other = failed === 'native' ? 'window' : 'native';
  const name = brokenName(failed, embedding);
  const isNew = !broken.has(name);
  broken.add(name);
  try {
    const answer = await ask(other, embedding, prompt, options);
    if (isNew) notify({ level: 'warning', topic, message: `${words[failed][0]} failed: ${sentenceOf(error)} ${words[failed][1]}` });
    return answer;
  } catch (otherError) {
    if (isCancelled(otherError)) throw otherError;
    return decodeThroughCore(embedding, prompt);
  }
};

const answerOf = async (embedding: PreparedEmbedding, prompt: Prompt, { lane, onFirst }: DecodeOptions): Promise<PromptAnswer> => {
  markAsked();
  let isMarked = false;
  const answer = await answerByAny(embedding, prompt, {
    lane,
    onFirst: (candidate, decodeMs) => {
      isMarked = true;
      markAnswered({ decodeMs, backend: 'native' });
      onFirst?.(candidate);
    },
  });
  if (!isMarked) markAnswered(answer);
  return answer;
};

const answerByAny = async (embedding: PreparedEmbedding, prompt: Prompt, options: NativeOptions): Promise<PromptAnswer> => {
  const backend = backendFor(embedding);
  try {
    return await ask(backend, embedding, prompt, options);
  } catch (error) {
    if (isCancelled(error) || error instanceof RangeError) throw error;
    // Let go of to make room, or its process was replaced: the core has it held again, and the next prompt finds it there.
    if (isExpected(error, 'not_found') || (backend === 'native' && isExpected(error, 'offline'))) return decodeThroughCore(embedding, prompt);
    return fallBack(backend, error, embedding, prompt, options);
  }
};

/** Resolves in a pause, with a watch on what comes after. */
const quiet = async (): Promise<{ wasDisturbed: () => boolean }> => {
  while (underWay > 0 || performance.now() - lastAskMs < quietMs) await new Promise((resolve) => setTimeout(resolve, quietMs / 4));
  const before = asks;
  return { wasDisturbed: () => asks !== before };
};

/** A point in the middle: how long it takes does not depend on what is there. */
const middleOf = ({ imageWidthPx, imageHeightPx }: PreparedEmbedding): Prompt => ({
  points: [{ xImagePx: imageWidthPx / 2, yImagePx: imageHeightPx / 2, label: 1 }],
  box: null,
  mask: null,
});

const measure = async (embedding: PreparedEmbedding, name: string): Promise<void> => {
  const prompt = middleOf(embedding);
  const native = async (): Promise<PromptAnswer> => {
    try {
      return await decodeNatively(embedding, prompt);
    } catch (error) {
      // As for a person's prompt: the core has it held again, by another process where that one has died.
      if (!isExpected(error, 'not_found') && !isExpected(error, 'offline')) throw error;
      await decodeThroughCore(embedding, prompt);
      return decodeNatively(embedding, prompt);
    }
  };
  try {
    const measurement = await compareBackends(native, () => decodeInWindow(embedding, prompt), quiet);
    if (measurement === null) return void compared.delete(name);
    await keepBackendMeasurement(name, measurement);
  } finally {
    if (backendFor(embedding) === 'native') endWindowDecoder();
  }
};

/** At the first use of a decoder on this machine, in a pause. What goes wrong leaves the way of now, which tells its own failures. */
const measureOnce = async (embedding: PreparedEmbedding): Promise<void> => {
  await loadBackendMeasurements();
  const name = nameOf(embedding);
  if (usePreferences.getState().promptDecoder !== 'automatic' || usePromptBackend.getState().measurements?.[name] !== undefined || compared.has(name)) return;
  compared.add(name);
  await measure(embedding, name).catch((error: unknown) => {
    if (!isCancelled(error)) notify({ level: 'info', topic, message: `Prompts are answered by the decoding process; whether this window is quicker could not be measured: ${sentenceOf(error)}` });
  });
};

/**
 * A photo is ready to be prompted: whoever will answer gets ready as well, so that the first click is as quick as the next. Never in the way: what fails
 * here fails again, and is told, at the first click.
 */
export const readyDecoder = (embedding: PreparedEmbedding): void => {
  noteDecoderInUse(nameOf(embedding));
  const getReady = async (): Promise<void> => {
    await loadBackendMeasurements();
    if (backendFor(embedding) === 'native') connectDecoder();
    else await holdInWindow(embedding).catch(() => undefined);
    await measureOnce(embedding);
  };
  inBackground(getReady(), topic);
};

/** The decoder of both panes: the quickest way that works on this machine. */
export const promptDecoder: PromptDecoder = {
  async decode(embedding, prompt, options = {}) {
    const { signal, lane } = options;
    underWay++;
    asks++;
    try {
      return await lanes.run(() => answerOf(embedding, prompt, options), { signal, lane });
    } finally {
      underWay--;
      lastAskMs = performance.now();
    }
  },
};

// A core that goes takes its decoding process along.
useConnection.subscribe(({ state }) => {
  if (state.kind === 'restarting' || state.kind === 'failed') dropDecoderPort();
});
usePreferences.subscribe((now, before) => {
  // Chosen anew: what failed may be tried again.
  if (now.promptDecoder !== before.promptDecoder) broken.clear();
  if (now.promptDecoder === 'native') endWindowDecoder();
});
