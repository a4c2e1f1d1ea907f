import { CancelledError } from '../../../shared/errors/errors.ts';
import type { WireMap } from '../../../shared/picture/liveWire.ts';
import type { MarkPoint } from '../tools/marks.ts';
import type { ToolContext } from '../tools/tool.ts';

/** Cells to each side of an anchor: at this size the ways are found in 60 to 90 ms. */
const reachCells = 320;

/** The live wire's ways from the last anchor: asked for beside the page's thread, there a moment later. */
export class WireSource {
  readonly #context: ToolContext;
  #wanted: { readonly anchor: MarkPoint; readonly stepPx: number; readonly contrast: number; readonly ending: AbortController } | null = null;
  #map: WireMap | null = null;
  /** The asset that it has been said of that its edges can't be had. */
  #withoutEdges: string | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  /** From the anchor asked for last; null until it is there. */
  get map(): WireMap | null {
    return this.#map;
  }

  /** Has the ways from a place found, unless they are there or on their way. A cell is about a pixel of the screen. */
  from(anchor: MarkPoint, contrast: number): void {
    const { assetKey, raster, scale } = this.#context;
    const stepPx = Math.max(1, Math.floor(1 / scale));
    const wanted = this.#wanted;
    if (wanted !== null && wanted.anchor.xImagePx === anchor.xImagePx && wanted.anchor.yImagePx === anchor.yImagePx && wanted.stepPx === stepPx && wanted.contrast === contrast) return;
    this.forget();
    if (assetKey === null) return;
    const ending = new AbortController();
    this.#wanted = { anchor, stepPx, contrast, ending };
    raster.run('liveWire', { ...anchor, stepPx, reachCells, contrast }, { assetKey, signal: ending.signal, lane: 'liveWire' }).then(
      (map) => {
        if (ending.signal.aborted) return;
        this.#map = map;
        this.#context.refresh();
      },
      (error: unknown) => {
        // Without the photo's edges the wire is a straight line: placing goes on.
        if (error instanceof CancelledError || this.#withoutEdges === assetKey) return;
        this.#withoutEdges = assetKey;
        this.#context.fail(error);
      },
    );
  }

  forget(): void {
    this.#wanted?.ending.abort();
    this.#wanted = null;
    this.#map = null;
  }
}
