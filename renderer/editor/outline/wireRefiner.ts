import { CancelledError } from '../../../shared/errors/errors.ts';
import type { MarkPoint } from '../tools/marks.ts';
import type { ToolContext } from '../tools/tool.ts';
import type { OutlineSession } from './outlineSession.ts';
import type { Outline } from './outlineSteps.ts';
import { ringOfParts, wireParts } from './wireParts.ts';

const leastVertices = 3;

/**
 * Wires that were found while the picture was shown small lie beside the edge when one zooms in: once the outline is closed they are found again on the photo's
 * own pixels, beside the page's thread. An outline that was touched meanwhile stays as it is.
 */
export class WireRefiner {
  readonly #context: ToolContext;
  readonly #session: OutlineSession;
  /** Ends of sides that were drawn straight, the first point for the side that closes: nothing draws them to edges. */
  readonly #straightEnds = new WeakSet<MarkPoint>();
  #coarsestStepPx = 1;
  #outline: Outline | null = null;

  constructor(context: ToolContext, session: OutlineSession) {
    this.#context = context;
    this.#session = session;
  }

  get isRunning(): boolean {
    return this.#outline !== null && this.#outline === this.#session.current;
  }

  /** Another outline is begun, or one goes on whose sides are known up to here. */
  begin(coarsestStepPx = 1): void {
    this.#coarsestStepPx = coarsestStepPx;
  }

  get coarsestStepPx(): number {
    return this.#coarsestStepPx;
  }

  /** How the side to a point was found. @param stepPx pixels a cell; null for a straight side */
  noteSide(end: MarkPoint, stepPx: number | null): void {
    if (stepPx === null) this.#straightEnds.add(end);
    else this.#coarsestStepPx = Math.max(this.#coarsestStepPx, stepPx);
  }

  /** Refines the outline that has just been closed. */
  refine(contrast: number): void {
    const { assetKey, raster } = this.#context;
    const closed = this.#session.current;
    if (assetKey === null || this.#coarsestStepPx <= 1) return;
    this.#outline = closed;
    this.#context.refresh();
    const done = (points: readonly MarkPoint[] | null): void => {
      if (this.#outline !== closed) return;
      this.#outline = null;
      if (points !== null && points.length >= leastVertices) this.#session.amend(closed, points);
      this.#context.refresh();
    };
    const lines = wireParts(closed.points, (end) => this.#straightEnds.has(end));
    raster.run('refineWire', { lines, stepPx: this.#coarsestStepPx, contrast }, { assetKey, lane: 'refineWire' }).then(
      (fine) => done(ringOfParts(fine)),
      (error: unknown) => {
        done(null);
        if (!(error instanceof CancelledError)) this.#context.fail(error);
      },
    );
  }
}
