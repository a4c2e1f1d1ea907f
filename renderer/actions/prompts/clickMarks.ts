import type { PromptAnswer } from '../../bridge/promptDecoder.ts';

/**
 * Marks of a prompt's way, for bench/prompt.bench.ts and the profiler: `prompt:asked`, `prompt:answered` (the candidate to show is there) with the decoder's own time and who it was, and,
 * by the canvas, `prompt:drawn` when the picture of the answer has been drawn. Each holds the latest prompt alone.
 */
export const markAsked = (): void => {
  performance.clearMarks('prompt:asked');
  performance.mark('prompt:asked');
};

export const markAnswered = ({ decodeMs, backend }: Pick<PromptAnswer, 'decodeMs' | 'backend'>): void => {
  performance.clearMarks('prompt:answered');
  performance.mark('prompt:answered', { detail: { decodeMs, backend } });
};
