import { snapToEdge, traceWire } from '../../../shared/picture/liveWire.ts';
import { simplifyLine } from '../../../shared/mask/simplifyLine.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { knownJoin, maxWireWidthPx, minWireWidthPx } from '../../stores/toolOptions.ts';
import { WireRefiner } from '../outline/wireRefiner.ts';
import { CoolingWire } from '../outline/coolingWire.ts';
import { OutlineSession } from '../outline/outlineSession.ts';
import { joiningTarget, type OutlineTarget } from '../outline/outlineTarget.ts';
import { distancePx, grabRadiusViewPx, pointsOf } from '../outline/places.ts';
import { WireSource } from '../outline/wireSource.ts';
import type { MarkPoint, ToolMark } from './marks.ts';
import type { Tool, ToolContext, ToolFactory, ToolInput } from './tool.ts';

const leastVertices = 3;
/** Anchors that place themselves are at least this far apart along the wire; viewPx. */
const coolingLengthViewPx = 48;
/** A wire keeps to its cells by this share of one when it becomes vertices: less than a cell is its stairs. */
const toleranceCells = 0.75;

type Press = 'vertices' | 'spent';

/**
 * A wire that snaps to edges between anchors: idle until a click places the first, drawing until it is closed, then an outline whose vertices are edited as
 * the polygon's. With Shift the next side is straight and goes where the pointer is.
 */
export const magnetic: ToolFactory = (context: ToolContext): Tool => {
  const session = new OutlineSession(context);
  const source = new WireSource(context);
  const cooling = new CoolingWire();
  const refiner = new WireRefiner(context, session);
  let press: Press | null = null;
  let pointer: MarkPoint | null = null;
  let isStraight = false;
  /** The outline in hand was begun to take away. */
  let subtracts = false;
  /** The asset whose photo has been asked for already: it takes a moment to come, and the first click should not wait. */
  let warmed: string | null = null;
  let optionsShown = context.settings.options.magnetic;

  const options = () => context.settings.options.magnetic;
  const anchor = (): MarkPoint | null => (session.phase === 'drawing' ? (session.current.points.at(-1) ?? null) : null);
  const reachPx = (): number => grabRadiusViewPx / context.scale;
  const wouldClose = (place: MarkPoint): boolean => {
    const { points } = session.current;
    return session.phase === 'drawing' && points.length >= leastVertices && distancePx(points[0] as MarkPoint, place) <= reachPx();
  };

  /** The ways from where the wire begins now. */
  const ask = (): void => {
    const from = anchor();
    if (from === null) source.forget();
    else source.from(from, options().contrast);
  };

  /** The wire from the last anchor to a place, both included; its own when there are no edges to follow yet. */
  const wireTo = (from: MarkPoint, place: MarkPoint, snaps: boolean): Float64Array => {
    const { map } = source;
    if (map === null || isStraight) return Float64Array.of(from.xImagePx, from.yImagePx, place.xImagePx, place.yImagePx);
    const [x, y] = snaps ? snapToEdge(map, place.xImagePx, place.yImagePx, Math.min(maxWireWidthPx, Math.max(minWireWidthPx, options().widthPx)) / context.scale) : [place.xImagePx, place.yImagePx];
    const wire = traceWire(map, x, y);
    wire[0] = from.xImagePx;
    wire[1] = from.yImagePx;
    const isBeyond = x < map.xPx || y < map.yPx || x > map.xPx + map.columns * map.stepPx || y > map.yPx + map.rows * map.stepPx;
    return isBeyond ? Float64Array.of(...wire, x, y) : wire;
  };
  const liveWire = (): Float64Array | null => {
    const from = anchor();
    if (from === null || pointer === null) return null;
    return wouldClose(pointer) ? wireTo(from, session.current.points[0] as MarkPoint, false) : wireTo(from, pointer, true);
  };

  /** @param wire from the last anchor; its end is the next */
  const extend = (wire: Float64Array): readonly MarkPoint[] => [...session.current.points, ...pointsOf(simplifyLine(wire, (source.map?.stepPx ?? 1) * toleranceCells)).slice(1)];
  const noteSide = (end: MarkPoint | undefined): void => {
    if (end !== undefined) refiner.noteSide(end, isStraight ? null : (source.map?.stepPx ?? null));
  };
  const placeAt = (wire: Float64Array): void => {
    const points = extend(wire);
    noteSide(points.at(-1));
    session.place(points);
    cooling.reset();
    ask();
  };
  const close = (): void => {
    const from = anchor();
    const [first] = session.current.points;
    if (from === null || first === undefined || session.current.points.length < leastVertices) return;
    noteSide(first);
    session.close(extend(wireTo(from, first, false)).slice(0, -1));
    refiner.refine(options().contrast);
    source.forget();
    cooling.reset();
  };

  const targetOf = (base: TileState): OutlineTarget => joiningTarget(base, () => (subtracts ? 'subtract' : knownJoin(options().join)));
  const begin = (place: MarkPoint, takesAway: boolean): void => {
    subtracts = takesAway;
    session.begin(targetOf);
    refiner.begin();
    session.place([{ xImagePx: place.xImagePx, yImagePx: place.yImagePx }]);
    cooling.reset();
    ask();
  };

  /** The beginning of the wire that has not changed for a while is placed. */
  const cool = (): void => {
    const wire = options().coolsDown && !isStraight && source.map !== null ? liveWire() : null;
    if (wire === null) return;
    const settled = cooling.settledPoints(wire);
    let lengthPx = 0;
    for (let at = 2; at < 2 * settled; at += 2) lengthPx += Math.hypot((wire[at] as number) - (wire[at - 2] as number), (wire[at + 1] as number) - (wire[at - 1] as number));
    if (lengthPx * context.scale >= coolingLengthViewPx) placeAt(wire.slice(0, 2 * settled));
  };

  const follow = (input: ToolInput): void => {
    pointer = input.points.at(-1) ?? null;
    if (isStraight !== input.shift) cooling.reset();
    isStraight = input.shift;
  };
  const followWhileDrawing = (input: ToolInput): void => {
    follow(input);
    if (session.phase !== 'drawing') return;
    ask();
    cool();
    context.refresh();
  };
  const stepped = (isStepped: boolean): boolean => {
    cooling.reset();
    ask();
    return isStepped;
  };

  return {
    pointerDown(input) {
      const place = input.points.at(-1);
      if (place === undefined) return;
      follow(input);
      press = 'spent';
      if (session.phase === 'editing' && session.vertices.pointerDown(input)) {
        press = 'vertices';
        return;
      }
      if (session.phase === 'editing') session.accept();
      if (session.phase === 'idle') return begin(place, input.alt);
      const wire = liveWire();
      if (wouldClose(place) || input.clickCount > 1) close();
      else if (wire !== null) placeAt(wire);
    },
    pointerMove(input) {
      if (press === 'vertices') session.vertices.pointerMove(input);
      else followWhileDrawing(input);
    },
    pointerUp(input) {
      if (press === 'vertices') session.vertices.pointerUp(input);
      press = null;
    },
    finish() {
      if (press === 'vertices') session.vertices.finish();
      press = null;
    },
    cancel() {
      if (press === 'vertices') session.vertices.cancel();
      press = null;
      context.refresh();
    },
    hover(input) {
      if (session.phase === 'idle' && warmed !== context.assetKey) {
        warmed = context.assetKey;
        const place = input.points.at(-1);
        if (place !== undefined) source.from({ xImagePx: place.xImagePx, yImagePx: place.yImagePx }, options().contrast);
      }
      followWhileDrawing(input);
      if (session.phase !== 'editing') return;
      session.vertices.hover(input);
      context.refresh();
    },
    hoverEnd() {
      pointer = null;
      session.vertices.hoverEnd();
      if (session.phase !== 'idle') context.refresh();
    },
    key(key, modifiers) {
      const { phase } = session;
      if (phase === 'idle') return false;
      if (phase === 'editing') return session.key(key, modifiers);
      if (key === 'Escape') return stepped(session.drop());
      if (key === 'Backspace' || key === 'Delete') return stepped(session.undo());
      if (key === 'Enter') close();
      return key === 'Enter';
    },
    undo: () => stepped(session.undo()),
    redo: () => stepped(session.redo()),
    leave() {
      press = null;
      session.leave();
      source.forget();
      cooling.reset();
    },
    hold() {
      const steps = session.open;
      return steps === null ? null : { steps, subtracts, coarsestStepPx: refiner.coarsestStepPx };
    },
    loaded(held) {
      press = null;
      session.forget();
      source.forget();
      cooling.reset();
      if (held === null) return;
      subtracts = held.subtracts;
      session.goOn(held.steps, targetOf);
      refiner.begin(held.coarsestStepPx);
    },
    settingsChanged() {
      if (options() === optionsShown) return;
      optionsShown = options();
      if (session.phase === 'editing') session.show();
      ask();
      context.refresh();
    },
    cursor(modifiers) {
      if (session.phase === 'editing') return session.cursor(modifiers);
      if (pointer !== null && wouldClose(pointer)) return { kind: 'pointer' };
      return { kind: session.phase === 'drawing' && source.map === null && !isStraight ? 'progress' : 'crosshair' };
    },
    hint(modifiers) {
      const { phase } = session;
      if (phase === 'editing') return refiner.isRunning ? 'The outline is being drawn to the pixel.' : session.hint(modifiers);
      if (phase === 'idle') return `Click on an edge places the first anchor${modifiers.alt ? ' of what is taken away' : '; Alt takes away'}.`;
      if (pointer !== null && wouldClose(pointer)) return 'Click closes the outline along the edge.';
      if (source.map === null && !isStraight) return 'The edges round the last anchor are being looked for.';
      return isStraight ? 'Click places a straight side.' : 'Move along the edge, click places an anchor. Enter closes, Backspace takes one back, Shift goes straight.';
    },
    marks() {
      const { phase } = session;
      if (phase === 'editing') return session.marks();
      const { points } = session.current;
      const [first] = points;
      const last = points.at(-1);
      if (first === undefined || last === undefined) return [];
      const marks: ToolMark[] = [{ kind: 'path', points, isClosed: false, line: 'firm' }];
      const wire = liveWire();
      if (wire !== null) marks.push({ kind: 'path', points: pointsOf(wire), isClosed: false, line: 'wanted' });
      if (points.length > 1) marks.push({ kind: 'handle', at: last, shape: 'vertex', isActive: false });
      marks.push({ kind: 'handle', at: first, shape: 'vertex', isActive: pointer !== null && wouldClose(pointer) });
      return marks;
    },
  };
};
