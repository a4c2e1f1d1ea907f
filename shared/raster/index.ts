import { adjustMask } from './adjustMask.ts';
import { changePiece } from './changePiece.ts';
import { erasePieces } from './erasePieces.ts';
import { invert } from './invert.ts';
import type { RasterJob } from './job.ts';
import { liveWire } from './liveWire.ts';
import { photoPatches } from './photoPatches.ts';
import { findCombination } from './findCombination.ts';
import { followMatte } from './followMatte.ts';
import { readMatte } from './readMatte.ts';
import { rleOfMask } from './rleOfMask.ts';
import { refineWire } from './refineWire.ts';
import { photoGrey } from './photoGrey.ts';
import { pieceAt } from './pieceAt.ts';
import { pieceOutline } from './pieceOutline.ts';
import { promptFromMask } from './promptFromMask.ts';
import { promptMask } from './promptMask.ts';
import { wand } from './wand.ts';
import { recombine } from './recombine.ts';
import { placeMask } from './placeMask.ts';
import { registerPhoto } from './registerPhoto.ts';
import { refineEdge } from './refineEdge.ts';

/** A new job is one file and one line here. */
export const rasterJobs = {
  adjustMask,
  changePiece,
  erasePieces,
  findCombination,
  invert,
  liveWire,
  photoPatches,
  followMatte,
  readMatte,
  rleOfMask,
  refineWire,
  photoGrey,
  pieceAt,
  pieceOutline,
  placeMask,
  promptFromMask,
  promptMask,
  wand,
  recombine,
  refineEdge,
  registerPhoto,
};

export type RasterJobs = typeof rasterJobs;
export type RasterJobName = keyof RasterJobs;
export type RasterInput<Name extends RasterJobName> = RasterJobs[Name] extends RasterJob<infer Input, unknown> ? Input : never;
export type RasterOutput<Name extends RasterJobName> = RasterJobs[Name] extends RasterJob<never, infer Output> ? Output : never;
