import type { Bitmap } from '../mask/bitmap.ts';
import type { ModelFrame } from './modelFrame.ts';
import { logitsSidePx, type Candidate, type MaskPrompt } from './prompt.ts';

/** A mask's inside is +10 and its outside -10, as SAM 2 scales masks for its own memory (sigmoid_scale_for_mem_enc 20, bias -10). */
const surest = 10;

/** Adds how much of [start, end), in cells, lies in each cell of a line, times `weight`. */
const addOverlap = (line: Float32Array, offset: number, start: number, end: number, weight: number): void => {
  const last = Math.min(logitsSidePx - 1, Math.ceil(end) - 1);
  for (let cell = Math.floor(start); cell <= last; cell++) {
    line[offset + cell] = (line[offset + cell] as number) + weight * (Math.min(end, cell + 1) - Math.max(start, cell));
  }
};

/** How much of each cell of the 256 x 256 logits the mask covers, 0..1. Works on runs: 24 MP take some milliseconds. */
const coverageOf = ({ widthPx, heightPx, data }: Bitmap, { logitsScaleX, logitsScaleY }: ModelFrame): Float32Array => {
  const coverage = new Float32Array(logitsSidePx * logitsSidePx);
  const row = new Float32Array(logitsSidePx);
  for (let y = 0; y < heightPx; y++) {
    const line = data.subarray(y * widthPx, (y + 1) * widthPx);
    let isEmpty = true;
    for (let start = line.indexOf(255); start !== -1; ) {
      const found = line.indexOf(0, start);
      const end = found === -1 ? widthPx : found;
      if (isEmpty) row.fill(0);
      isEmpty = false;
      addOverlap(row, 0, start * logitsScaleX, end * logitsScaleX, 1);
      start = found === -1 ? -1 : line.indexOf(255, end);
    }
    if (isEmpty) continue;
    const [top, bottom] = [y * logitsScaleY, (y + 1) * logitsScaleY];
    const lastCell = Math.min(logitsSidePx - 1, Math.ceil(bottom) - 1);
    for (let cellY = Math.floor(top); cellY <= lastCell; cellY++) {
      const weight = Math.min(bottom, cellY + 1) - Math.max(top, cellY);
      for (let x = 0, at = cellY * logitsSidePx; x < logitsSidePx; x++, at++) coverage[at] = (coverage[at] as number) + weight * (row[x] as number);
    }
  }
  return coverage;
};

const isCandidate = (source: Bitmap | Candidate): source is Candidate => 'logits' in source;

/**
 * What a decoder continues from. A candidate's own logits are taken as they are. A mask at image size is brought down by how much of each cell it
 * covers; what is beside the photo in a padded square is outside.
 * @throws RangeError a mask of another size than the frame's photo
 */
export const maskPromptOf = (source: Bitmap | Candidate, frame: ModelFrame): MaskPrompt => {
  if (isCandidate(source)) return { widthPx: source.widthPx, heightPx: source.heightPx, logits: source.logits };
  if (source.widthPx !== frame.imageWidthPx || source.heightPx !== frame.imageHeightPx) {
    throw new RangeError(`a mask of ${source.widthPx} x ${source.heightPx} for a photo of ${frame.imageWidthPx} x ${frame.imageHeightPx}`);
  }
  const logits = coverageOf(source, frame);
  for (let index = 0; index < logits.length; index++) logits[index] = surest * (2 * Math.min(1, logits[index] as number) - 1);
  return { widthPx: logitsSidePx, heightPx: logitsSidePx, logits };
};
