import { parentPort } from 'node:worker_threads';
import { checkPixels } from '../../../../shared/checks/checkMask.ts';
import type { CheckAnswer, CheckQuestion } from './messages.ts';

/** A worker thread that checks masks, so that some tens of milliseconds of arithmetic keep nobody waiting. */
const answer = ({ mask, photo }: CheckQuestion): CheckAnswer => {
  try {
    return { kind: 'checked', results: checkPixels(mask, photo) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? (error.stack ?? '') : '' };
  }
};

parentPort?.on('message', (question: CheckQuestion) => parentPort?.postMessage(answer(question)));
