/** Something that Ctrl+Z takes back beside strokes: a verdict, a bulk verdict, a chosen mask. */
export interface UndoStep {
  /** Takes it back, tells the person, and shows the item that it is about. */
  readonly takeBack: () => Promise<void>;
}

/** Of this session, oldest first. */
const steps: UndoStep[] = [];
let strokesSince = false;
let anyGiven = false;

/** The latest thing done: the next to be taken back. */
export const logStep = (takeBack: () => Promise<void>): UndoStep => {
  const step: UndoStep = { takeBack };
  steps.push(step);
  strokesSince = false;
  anyGiven = true;
  return step;
};

/** A stroke came after the last step: undo means the stroke first. */
export const noteStroke = (): void => {
  strokesSince = true;
};

/** Whether the last thing that was done is such a step. */
export const isStepLatest = (): boolean => steps.length > 0 && !strokesSince;

/** Whether this session has done anything of the kind, taken back or not. */
export const hasLoggedSteps = (): boolean => anyGiven;

export const takeLatestStep = (): UndoStep | null => steps.pop() ?? null;

/** @returns whether it was there still: a step is taken back once */
export const takeStep = (step: UndoStep): boolean => {
  const index = steps.indexOf(step);
  if (index === -1) return false;
  steps.splice(index, 1);
  return true;
};
