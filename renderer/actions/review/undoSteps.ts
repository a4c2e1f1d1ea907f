import { useUndoable } from '../../stores/undoable.ts';

/** Something that Ctrl+Z takes back beside strokes: a verdict, a bulk verdict, a chosen mask. */
export interface UndoStep {
  /** Takes it back, tells the person, and shows the item that it is about. */
  readonly takeBack: () => Promise<void>;
}

/** What was done, in the order in which it was done. Strokes in a row on one item are one entry: each editor knows its own. */
type Done =
  | { readonly kind: 'step'; readonly order: number; readonly step: UndoStep }
  | { readonly kind: 'strokes'; readonly order: number; readonly assetKey: string; readonly count: number };

/** Of this session, oldest first. */
let log: readonly Done[] = [];
let lastOrder = 0;
let anyGiven = false;
const setLog = (next: readonly Done[]): void => {
  log = next;
  const hasLogged = next.length > 0;
  if (useUndoable.getState().hasLogged !== hasLogged) useUndoable.setState({ hasLogged });
};
/** Steps that were taken from the log and may come back to their place. */
const taken = new WeakMap<UndoStep, number>();

/** The latest thing done: the next to be taken back. */
export const logStep = (takeBack: () => Promise<void>): UndoStep => {
  const step: UndoStep = { takeBack };
  setLog([...log, { kind: 'step', order: ++lastOrder, step }]);
  anyGiven = true;
  return step;
};

/** A stroke on an item was painted or redone (forward), or undone (back). */
export const noteStroke = (assetKey: string, direction: 'forward' | 'back'): void => {
  const at = direction === 'forward' ? log.length - 1 : log.findLastIndex((done) => done.kind === 'strokes' && done.assetKey === assetKey);
  const known = log[at];
  const isKnown = known?.kind === 'strokes' && known.assetKey === assetKey;
  if (direction === 'forward') {
    setLog(isKnown ? log.with(at, { ...known, count: known.count + 1 }) : [...log, { kind: 'strokes', order: ++lastOrder, assetKey, count: 1 }]);
  } else if (isKnown && known.count > 1) setLog(log.with(at, { ...known, count: known.count - 1 }));
  else if (isKnown) setLog(log.toSpliced(at, 1));
};

/** The item's strokes can't be taken back any more: its editor has forgotten them. */
export const forgetStrokes = (assetKey: string): void => {
  setLog(log.filter((done) => done.kind !== 'strokes' || done.assetKey !== assetKey));
};

/** Somebody else sits down: nothing of what was done before is theirs to take back. */
export const forgetSteps = (): void => {
  setLog([]);
  anyGiven = false;
};

/** What undo means next; null: nothing of this session. */
export const latestDone = (): { readonly kind: 'step' } | { readonly kind: 'strokes'; readonly assetKey: string } | null => log.at(-1) ?? null;

/** Whether this session has done anything of the kind, taken back or not. */
export const hasLoggedSteps = (): boolean => anyGiven;

const takeAt = (at: number): UndoStep | null => {
  const done = log[at];
  if (done?.kind !== 'step') return null;
  setLog(log.toSpliced(at, 1));
  taken.set(done.step, done.order);
  return done.step;
};

/** @returns the last step where it is the last thing done, else null */
export const takeLatestStep = (): UndoStep | null => takeAt(log.length - 1);

/** @returns whether it was there still: a step is taken back once */
export const takeStep = (step: UndoStep): boolean => takeAt(log.findIndex((done) => done.kind === 'step' && done.step === step)) !== null;

/** Taking it back has failed: it has its place again, so that the key means the same the next time. */
export const putBackStep = (step: UndoStep): void => {
  const order = taken.get(step);
  if (order === undefined) return;
  taken.delete(step);
  const after = log.findIndex((done) => done.order > order);
  setLog(log.toSpliced(after === -1 ? log.length : after, 0, { kind: 'step', order, step }));
};
