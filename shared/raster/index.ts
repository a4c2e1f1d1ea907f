import { invert } from './invert.ts';
import type { RasterJob } from './job.ts';

/** A new job is one file and one line here. */
export const rasterJobs = { invert };

export type RasterJobs = typeof rasterJobs;
export type RasterJobName = keyof RasterJobs;
export type RasterInput<Name extends RasterJobName> = RasterJobs[Name] extends RasterJob<infer Input, unknown> ? Input : never;
export type RasterOutput<Name extends RasterJobName> = RasterJobs[Name] extends RasterJob<never, infer Output> ? Output : never;
