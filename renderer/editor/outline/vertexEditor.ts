import type { Modifiers } from '../types.ts';
import type { MarkPoint, ToolMark } from '../tools/marks.ts';
import type { ToolContext, ToolInput, ToolKey } from '../tools/tool.ts';
import type { OutlineSteps } from './outlineSteps.ts';
import { distancePx, grabRadiusViewPx, inEighths, middleOf, nearestPoint, nearestSide } from './places.ts';

/** A side's middle handle shows while the pointer is this near to the side; viewPx. */
const sideReachViewPx = 28;
/** Handles nearer to each other than this could not be told apart: those between are not shown; viewPx. */
const leastSpacingViewPx = 7;
const leastVertices = 3;
const nudgePx = 1;
const largeNudgePx = 10;

interface Drag {
  readonly index: number;
  readonly from: MarkPoint;
  /** The points without this drag. */
  readonly before: readonly MarkPoint[];
  points: readonly MarkPoint[];
}

const replaced = (points: readonly MarkPoint[], index: number, point: MarkPoint): readonly MarkPoint[] => points.with(index, point);

/**
 * Editing a closed outline: vertices are dragged, added in the middle of a side, removed and nudged. It knows steps and places only; what an outline
 * means for the mask is its owner's, who is told of each change.
 */
export class VertexEditor {
  readonly #context: ToolContext;
  readonly #steps: OutlineSteps;
  readonly #onPoints: () => void;
  #pointer: MarkPoint | null = null;
  #active: number | null = null;
  #drag: Drag | null = null;

  /** @param onPoints the points are others now, for good or while a drag lasts */
  constructor(context: ToolContext, steps: OutlineSteps, onPoints: () => void) {
    this.#context = context;
    this.#steps = steps;
    this.#onPoints = onPoints;
  }

  /** As shown: with the drag in hand. */
  get points(): readonly MarkPoint[] {
    return this.#drag?.points ?? this.#steps.current.points;
  }

  get isDragging(): boolean {
    return this.#drag !== null;
  }

  get hasActive(): boolean {
    return this.#active !== null;
  }

  reset(): void {
    this.#pointer = null;
    this.#active = null;
    this.#drag = null;
  }

  /** @returns whether the press meant the outline */
  pointerDown({ points, alt }: ToolInput): boolean {
    const place = points.at(-1);
    if (place === undefined) return false;
    this.#pointer = place;
    const ring = this.#steps.current.points;
    const vertex = this.#vertexAt(place);
    if (vertex !== null) {
      if (alt) this.#remove(vertex);
      else this.#begin(vertex, ring, place);
      return true;
    }
    const side = this.#middleAt(place);
    if (side === null) return false;
    const middle = this.#middleOfSide(side);
    this.#drag = { index: side + 1, from: middle, before: ring, points: ring.toSpliced(side + 1, 0, middle) };
    this.#active = side + 1;
    this.#changed();
    return true;
  }

  pointerMove({ points, shift }: ToolInput): void {
    const place = points.at(-1);
    if (place === undefined) return;
    this.#pointer = place;
    const drag = this.#drag;
    if (drag === null) return;
    const { xImagePx, yImagePx } = shift ? inEighths(drag.from, place) : place;
    drag.points = replaced(drag.points, drag.index, { xImagePx, yImagePx });
    this.#changed();
  }

  pointerUp(input: ToolInput): void {
    this.pointerMove(input);
    this.finish();
  }

  /** What is dragged stays where it is. */
  finish(): void {
    const drag = this.#drag;
    if (drag === null) return;
    this.#drag = null;
    const isSame = drag.points.length === drag.before.length && drag.before[drag.index] !== undefined && distancePx(drag.before[drag.index] as MarkPoint, drag.points[drag.index] as MarkPoint) === 0;
    if (!isSame) this.#steps.push({ points: drag.points, isClosed: true });
    this.#changed();
  }

  /** @returns whether a drag was taken back */
  cancel(): boolean {
    if (this.#drag === null) return false;
    this.#drag = null;
    this.#active = null;
    this.#changed();
    return true;
  }

  hover({ points }: ToolInput): void {
    this.#pointer = points.at(-1) ?? null;
  }

  hoverEnd(): void {
    this.#pointer = null;
  }

  key(key: ToolKey, { shift }: Modifiers): boolean {
    const active = this.#active;
    if (active === null) return false;
    if (key === 'Delete' || key === 'Backspace') {
      this.#remove(active);
      return true;
    }
    const step = shift ? largeNudgePx : nudgePx;
    const [dx, dy] = key === 'ArrowLeft' ? [-step, 0] : key === 'ArrowRight' ? [step, 0] : key === 'ArrowUp' ? [0, -step] : key === 'ArrowDown' ? [0, step] : [0, 0];
    if (dx === 0 && dy === 0) return false;
    const point = this.points[active] as MarkPoint;
    this.#steps.push({ points: replaced(this.points, active, { xImagePx: point.xImagePx + dx, yImagePx: point.yImagePx + dy }), isClosed: true });
    this.#changed();
    return true;
  }

  /** After undo and redo the vertex may be another one. */
  stepTaken(): void {
    this.#active = null;
    this.#drag = null;
  }

  marks(): readonly ToolMark[] {
    const ring = this.points;
    const hovered = this.#pointer === null || this.#drag !== null ? null : this.#vertexAt(this.#pointer);
    const marks: ToolMark[] = [{ kind: 'path', points: ring, isClosed: true, line: 'firm' }];
    let last: MarkPoint | null = null;
    for (const [index, at] of ring.entries()) {
      const isActive = index === this.#active || index === hovered;
      if (!isActive && last !== null && distancePx(at, last) * this.#context.scale < leastSpacingViewPx) continue;
      marks.push({ kind: 'handle', at, shape: 'vertex', isActive });
      last = at;
    }
    if (this.#pointer === null || this.#drag !== null || hovered !== null) return marks;
    const side = this.#sideNear(this.#pointer);
    if (side !== null) marks.push({ kind: 'handle', at: this.#middleOfSide(side), shape: 'middle', isActive: this.#middleAt(this.#pointer) !== null });
    return marks;
  }

  /** What the pointer is on. */
  get target(): 'vertex' | 'middle' | null {
    if (this.#pointer === null) return null;
    if (this.#vertexAt(this.#pointer) !== null) return 'vertex';
    return this.#middleAt(this.#pointer) === null ? null : 'middle';
  }

  #begin(index: number, ring: readonly MarkPoint[], place: MarkPoint): void {
    const from = ring[index] ?? place;
    this.#drag = { index, from, before: ring, points: ring };
    this.#active = index;
    this.#context.refresh();
  }

  #remove(index: number): void {
    const ring = this.#steps.current.points;
    this.#active = null;
    if (ring.length <= leastVertices) return;
    this.#steps.push({ points: ring.toSpliced(index, 1), isClosed: true });
    this.#changed();
  }

  #changed(): void {
    this.#onPoints();
    this.#context.refresh();
  }

  #vertexAt(place: MarkPoint): number | null {
    const index = nearestPoint(this.points, place, grabRadiusViewPx / this.#context.scale);
    return index === -1 ? null : index;
  }

  #middleOfSide(index: number): MarkPoint {
    const ring = this.points;
    return middleOf(ring[index] as MarkPoint, ring[(index + 1) % ring.length] as MarkPoint);
  }

  /** The side whose middle handle shows: the nearest, when it is long enough to have one. */
  #sideNear(place: MarkPoint): number | null {
    const { scale } = this.#context;
    const side = nearestSide(this.points, place);
    if (side === null || side.distancePx * scale > sideReachViewPx) return null;
    const lengthPx = distancePx(this.points[side.index] as MarkPoint, this.#middleOfSide(side.index)) * 2;
    return lengthPx * scale < 2 * leastSpacingViewPx ? null : side.index;
  }

  #middleAt(place: MarkPoint): number | null {
    const side = this.#sideNear(place);
    return side !== null && distancePx(this.#middleOfSide(side), place) <= grabRadiusViewPx / this.#context.scale ? side : null;
  }
}
