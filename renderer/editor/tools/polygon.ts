import { isCancelled } from '../../../shared/errors/errors.ts';
import { simplifyRing } from '../../../shared/mask/simplifyRing.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import type { PieceOutline } from '../../../shared/raster/pieceOutline.ts';
import { knownJoin } from '../../stores/toolOptions.ts';
import { dragStartViewPx, FreehandLine, simplifiedLine } from '../outline/freehandLine.ts';
import { OutlineSession } from '../outline/outlineSession.ts';
import { joiningTarget, reshapingTarget, type OutlineTarget } from '../outline/outlineTarget.ts';
import { distancePx, grabRadiusViewPx, inEighths, pointsOf } from '../outline/places.ts';
import type { Outline } from '../outline/outlineSteps.ts';
import type { MarkPoint, ToolMark } from './marks.ts';
import type { Tool, ToolContext, ToolFactory, ToolInput, ToolPoint } from './tool.ts';

const leastVertices = 3;

/** What the button that is down does. */
type Press = { readonly kind: 'vertices' } | { readonly kind: 'placing'; readonly from: ToolPoint; readonly line: FreehandLine; isFreehand: boolean } | { readonly kind: 'spent' };

/** A piece of the mask whose outline is being edited. */
interface Picked {
  readonly found: PieceOutline;
  /** As it was first shown: another tolerance may still change it as a whole. */
  outline: Outline;
}

/**
 * Idle until a click places the first vertex, drawing until the outline is closed, then editing its vertices until Enter or another tool. A drag draws
 * by hand between two vertices. A double click on the mask takes the outline of the piece there.
 */
export const polygon: ToolFactory = (context: ToolContext): Tool => {
  const session = new OutlineSession(context);
  let press: Press | null = null;
  let pointer: MarkPoint | null = null;
  let isEighths = false;
  /** The outline in hand was begun to take away. */
  let subtracts = false;
  let picked: Picked | null = null;
  /** An outline is being followed, off the page. */
  let picking: AbortController | null = null;
  let optionsShown = context.settings.options.polygon;

  const reachPx = (): number => grabRadiusViewPx / context.scale;
  const wouldClose = (place: MarkPoint): boolean => {
    const { points } = session.current;
    return points.length >= leastVertices && distancePx(points[0] as MarkPoint, place) <= reachPx();
  };
  const keptToEighths = (place: MarkPoint): MarkPoint => {
    const last = session.current.points.at(-1);
    return isEighths && last !== undefined ? inEighths(last, place) : { xImagePx: place.xImagePx, yImagePx: place.yImagePx };
  };

  const targetOf = (base: TileState): OutlineTarget => joiningTarget(base, () => (subtracts ? 'subtract' : knownJoin(context.settings.options.polygon.join)));
  const begin = (takesAway: boolean): void => {
    picked = null;
    subtracts = takesAway;
    session.begin(targetOf);
  };

  const showPicked = (found: PieceOutline, simplified: Float64Array): void => {
    session.begin((base) => reshapingTarget(base, found.region));
    session.close(pointsOf(simplified));
    picked = { found, outline: session.current };
  };

  /** @returns whether one was being looked for */
  const endPicking = (): boolean => {
    const was = picking;
    picking = null;
    was?.abort();
    return was !== null;
  };

  /** Takes the outline of the piece there; nothing where there is no mask. */
  const pick = async (place: MarkPoint): Promise<void> => {
    const { document, assetKey, raster } = context;
    const [xPx, yPx] = [Math.floor(place.xImagePx), Math.floor(place.yImagePx)];
    if (document === null || assetKey === null || !document.isInside(xPx, yPx)) return;
    session.drop();
    endPicking();
    const mine = new AbortController();
    picking = mine;
    const mask = document.state;
    try {
      const found = await raster.run('pieceOutline', { mask, xPx, yPx, tolerancePx: context.settings.options.polygon.tolerancePx }, { assetKey, signal: mine.signal });
      if (picking === mine && found !== null && context.document?.state === mask) showPicked(found, found.simplified);
    } catch (error) {
      if (!isCancelled(error)) context.fail(error);
    } finally {
      if (picking === mine) picking = null;
      context.refresh();
    }
  };

  const pressWhileDrawing = (input: ToolInput, place: ToolPoint): Press => {
    const { points } = session.current;
    const isDouble = input.clickCount > 1 && points.length > 0;
    if (isDouble && points.length >= leastVertices) session.close(points);
    else if (isDouble) void pick(place);
    else if (wouldClose(place)) session.close(points);
    else return { kind: 'placing', from: place, line: new FreehandLine(keptToEighths(place)), isFreehand: false };
    return { kind: 'spent' };
  };

  const endPlacing = ({ line, isFreehand }: { readonly line: FreehandLine; readonly isFreehand: boolean }, place: ToolPoint | undefined): void => {
    const { points } = session.current;
    if (!isFreehand) return session.place([...points, ...line.points]);
    const drawn = [...points, ...simplifiedLine(line.points, context.scale)];
    // A line by hand that comes back to its beginning is an outline.
    if (place !== undefined && drawn.length > leastVertices && distancePx(drawn[0] as MarkPoint, place) <= reachPx()) session.close(drawn.slice(0, -1));
    else session.place(drawn);
  };

  const follow = (input: ToolInput): void => {
    pointer = input.points.at(-1) ?? null;
    isEighths = input.shift;
  };

  return {
    pointerDown(input) {
      const place = input.points.at(-1);
      if (place === undefined) return;
      follow(input);
      endPicking();
      const { phase } = session;
      if (phase === 'editing' && session.vertices.pointerDown(input)) {
        press = { kind: 'vertices' };
        return;
      }
      if (phase === 'editing') session.accept();
      if (session.phase === 'idle') begin(input.alt);
      press = pressWhileDrawing(input, place);
    },
    pointerMove(input) {
      follow(input);
      if (press?.kind === 'vertices') session.vertices.pointerMove(input);
      else if (press?.kind === 'placing') {
        const moved = Math.max(...input.points.map(({ xViewPx, yViewPx }) => Math.hypot(xViewPx - (press as { from: ToolPoint }).from.xViewPx, yViewPx - (press as { from: ToolPoint }).from.yViewPx)));
        press.isFreehand ||= moved > dragStartViewPx;
        if (press.isFreehand) press.line.add(input.points, context.scale);
        context.refresh();
      }
    },
    pointerUp(input) {
      follow(input);
      const ended = press;
      press = null;
      if (ended?.kind === 'vertices') session.vertices.pointerUp(input);
      if (ended?.kind !== 'placing') return;
      if (ended.isFreehand) ended.line.add(input.points, context.scale);
      endPlacing(ended, input.points.at(-1));
    },
    finish() {
      const ended = press;
      press = null;
      if (ended?.kind === 'vertices') session.vertices.finish();
      if (ended?.kind === 'placing') endPlacing(ended, undefined);
    },
    cancel() {
      if (press?.kind === 'vertices') session.vertices.cancel();
      press = null;
      context.refresh();
    },
    hover(input) {
      follow(input);
      if (session.phase === 'editing') session.vertices.hover(input);
      if (session.phase !== 'idle') context.refresh();
    },
    hoverEnd() {
      pointer = null;
      session.vertices.hoverEnd();
      if (session.phase !== 'idle') context.refresh();
    },
    key(key, modifiers) {
      const { phase } = session;
      if (key === 'Escape' && endPicking()) return true;
      if (phase === 'idle') return false;
      if (phase === 'editing') return session.key(key, modifiers);
      if (key === 'Escape') return session.drop();
      if (key === 'Backspace' || key === 'Delete') return session.undo();
      // Enter never approves an item while an outline is open.
      if (key === 'Enter' && session.current.points.length >= leastVertices) session.close(session.current.points);
      return key === 'Enter';
    },
    undo: () => endPicking() || session.undo(),
    redo: () => session.redo(),
    leave() {
      press = null;
      endPicking();
      session.leave();
    },
    hold() {
      const steps = session.open;
      return steps === null ? null : { steps, subtracts, coarsestStepPx: 1 };
    },
    loaded(held) {
      press = null;
      endPicking();
      session.forget();
      if (held === null) return;
      subtracts = held.subtracts;
      session.goOn(held.steps, targetOf);
    },
    settingsChanged() {
      if (context.settings.options.polygon === optionsShown) return;
      optionsShown = context.settings.options.polygon;
      if (session.phase !== 'editing') return;
      if (picked !== null && picked.outline === session.current) showPicked(picked.found, simplifyRing(picked.found.ring, optionsShown.tolerancePx));
      else session.show();
      context.refresh();
    },
    cursor(modifiers) {
      if (picking !== null) return { kind: 'progress' };
      if (session.phase === 'editing') return session.cursor(modifiers);
      return { kind: pointer !== null && session.phase === 'drawing' && press === null && wouldClose(pointer) ? 'pointer' : 'crosshair' };
    },
    hint(modifiers) {
      const { phase } = session;
      if (picking !== null) return 'The outline is being followed; Esc gives it up.';
      if (phase === 'editing') return session.hint(modifiers);
      if (phase === 'idle') return `Click places the first vertex${modifiers.alt ? ' of what is taken away' : '; Alt takes away'}. Double click on the mask edits its outline.`;
      if (pointer !== null && wouldClose(pointer)) return 'Click closes the outline.';
      return 'Click places a vertex, a drag draws by hand. Enter closes, Backspace takes one back, Shift keeps to eighths of a turn.';
    },
    marks() {
      const { phase } = session;
      if (phase === 'editing') return session.marks();
      const { points } = session.current;
      const placing = press?.kind === 'placing' ? press.line.points : [];
      const placed = [...points, ...placing];
      const [first, last] = [placed[0], placed.at(-1)];
      if (first === undefined || last === undefined) return [];
      const marks: ToolMark[] = [{ kind: 'path', points: placed, isClosed: false, line: 'firm' }];
      const closes = pointer !== null && press === null && wouldClose(pointer);
      if (pointer !== null && press === null) marks.push({ kind: 'path', points: [last, closes ? first : keptToEighths(pointer)], isClosed: false, line: 'wanted' });
      for (const at of points.slice(1)) marks.push({ kind: 'handle', at, shape: 'vertex', isActive: false });
      marks.push({ kind: 'handle', at: first, shape: 'vertex', isActive: closes });
      return marks;
    },
  };
};
