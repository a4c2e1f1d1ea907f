import type { RgbaImage } from '../picture/rgbaImage.ts';

/** What a job may ask for while it runs. */
export interface RasterContext {
  /** The asset's photo at image size; decoded when it is first asked for. @throws ExpectedError when it can't be had */
  photo(): Promise<RgbaImage>;
}

/**
 * Work on whole pictures that is too long for the page's thread. A pure function of its input and the photo: it runs in a worker, and in tests
 * where it is called. Input and output are plain data that can be sent; masks come in as run lengths (shared/mask/rleBinary.ts) and go out as
 * tiles (shared/edits/tileState.ts).
 */
export interface RasterJob<Input, Output> {
  run(input: Input, context: RasterContext): Output | Promise<Output>;
}
