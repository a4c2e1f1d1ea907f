import { paintedOver } from '../edits/paintedOver.ts';
import { decodeTile, encodeTile, uniformValue, type EncodedTile } from '../edits/tileCodec.ts';
import { tileAreaPx, tileRect, tileSizePx } from '../edits/tileGrid.ts';
import type { TileState } from '../edits/tileState.ts';
import type { Rect } from '../mask/rect.ts';
import { LogitRows } from '../prompts/logitRows.ts';
import { modelFrame, type FrameSource, type ModelFrame } from '../prompts/modelFrame.ts';
import { logitsSidePx, type Join } from '../prompts/prompt.ts';
import type { RasterJob } from './job.ts';

export interface PromptMaskInput {
  readonly frame: FrameSource;
  /** Of the chosen candidate, 256 x 256; null: no prompt is left, the mask is the base again. */
  readonly logits: Float32Array | null;
  readonly join: Join;
  /** The mask from before the prompts. */
  readonly base: TileState;
  /** What the prompts gave last, and the mask as it is now: where they differ a person has painted since, and that stays. Null: nobody has. */
  readonly painted: { readonly given: TileState; readonly now: TileState } | null;
}

export interface PromptMaskOutput {
  /** What the prompts give by themselves. */
  readonly given: TileState;
  /** The same with what was painted. The same object where nothing was. */
  readonly mask: TileState;
}

const scratch = (): Uint8Array => new Uint8Array(tileSizePx * tileSizePx);

/** Writes a tile's part of the answer, 0 and 255. */
const answerTile = (pixels: Uint8Array, logits: Float32Array, { logitsScaleX, logitsScaleY }: ModelFrame, { xPx, yPx, widthPx, heightPx }: Rect): void => {
  const axis = (startPx: number, count: number, scale: number) => ({ start: (startPx + 0.5) * scale - 0.5, step: scale, count, last: logitsSidePx - 1 });
  const rows = new LogitRows({ widthPx: logitsSidePx, heightPx: logitsSidePx, logits }, axis(xPx, widthPx, logitsScaleX), axis(yPx, heightPx, logitsScaleY));
  pixels.fill(0, 0, widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    const runs = rows.runsOf(row);
    for (let run = 0; run < runs.length; run += 2) pixels.fill(255, row * widthPx + (runs[run] as number), row * widthPx + (runs[run + 1] as number));
  }
};

const joinTile = (answer: EncodedTile, base: EncodedTile, join: Join, areaPx: number, a: Uint8Array, b: Uint8Array): EncodedTile => {
  if (join === 'replace') return answer;
  const [answerIs, baseIs] = [uniformValue(answer), uniformValue(base)];
  if (join === 'add' && (answerIs === 0 || baseIs === 255)) return base;
  if (join === 'add' && baseIs === 0) return answer;
  if (join === 'subtract' && (answerIs === 0 || baseIs === 0)) return base;
  if (join === 'intersect' && (answerIs === 255 || baseIs === 0)) return base;
  if (join === 'intersect' && (answerIs === 0 || baseIs === 255)) return answer;
  const [pixels, before] = [a.subarray(0, areaPx), b.subarray(0, areaPx)];
  decodeTile(answer, pixels);
  decodeTile(base, before);
  for (let index = 0; index < areaPx; index++) {
    const [mine, was] = [pixels[index] as number, before[index] as number];
    pixels[index] = join === 'add' ? mine | was : join === 'subtract' ? was & ~mine : was & mine;
  }
  return encodeTile(pixels);
};

/**
 * A decoder's answer at the photo's size: bilinear between the logits and mask above 0, as shared/prompts/logitsToMask.ts, joined with the mask
 * from before the prompts. Tiles are done one by one, so that nothing of the photo's size is ever made.
 * @throws RangeError masks of another size than the photo
 */
export const promptMask: RasterJob<PromptMaskInput, PromptMaskOutput> = {
  run: ({ frame: source, logits, join, base, painted }) => {
    const frame = modelFrame(source);
    const { grid } = base;
    if (grid.widthPx !== frame.imageWidthPx || grid.heightPx !== frame.imageHeightPx) {
      throw new RangeError(`A mask of ${grid.widthPx} x ${grid.heightPx} for a photo of ${frame.imageWidthPx} x ${frame.imageHeightPx}`);
    }
    const [a, b] = [scratch(), scratch()];
    const given = base.tiles.map((before, index): EncodedTile => {
      if (logits === null) return before;
      const areaPx = tileAreaPx(grid, index);
      answerTile(a, logits, frame, tileRect(grid, index));
      return joinTile(encodeTile(a.subarray(0, areaPx)), before, join, areaPx, a, b);
    });
    const state: TileState = { grid, tiles: given };
    if (painted === null) return { given: state, mask: state };
    return { given: state, mask: paintedOver(state, painted.given, painted.now) };
  },
};
