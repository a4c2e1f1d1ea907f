import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import { maskPromptOf } from '../prompts/maskPrompt.ts';
import { modelFrame, type FrameSource } from '../prompts/modelFrame.ts';
import type { MaskPrompt } from '../prompts/prompt.ts';
import type { RasterJob } from './job.ts';

/** A mask that a decoder is to continue from, on its grid of logits. @throws RangeError a mask of another size than the frame's photo */
export const promptFromMask: RasterJob<{ readonly frame: FrameSource; readonly mask: TileState }, MaskPrompt> = {
  run: ({ frame, mask }) => maskPromptOf(bitmapOfTiles(mask), modelFrame(frame)),
};
