import { placesIn, type RecordPlace } from '../../../shared/edits/historyLog.ts';

/** Where the steps that count lie in a log file, kept in memory so that a few of them are read without the rest. */
export interface StepIndex {
  /** In order and without gaps. */
  readonly steps: readonly RecordPlace[];
  readonly applied: number;
  /** Up to here the file is whole. */
  readonly soundBytes: number;
}

export const emptyIndex: StepIndex = { steps: [], applied: 0, soundBytes: 0 };

export const firstStepOf = ({ steps }: StepIndex): number => steps[0]?.step ?? 0;

/** The index of a log to which these bytes were added at its sound end. */
export const indexAfter = (index: StepIndex, added: Uint8Array): StepIndex => {
  const steps = [...index.steps];
  let { applied } = index;
  let addedBytes = 0;
  for (const place of placesIn(added)) {
    addedBytes = place.offset + place.length;
    if (place.kind === 'mark') {
      applied = place.step;
      continue;
    }
    const first = steps[0]?.step ?? place.step;
    // A step that does not follow begins another lineage: what came before can't lead to it.
    steps.length = place.step < first || place.step > first + steps.length ? 0 : place.step - first;
    steps.push({ ...place, offset: index.soundBytes + place.offset });
    applied = place.step + 1;
  }
  return { steps, applied, soundBytes: index.soundBytes + addedBytes };
};

/** Steps around the applied one, both ways in turn, while the bytes last; at least one where there is any. */
export const stepsAround = (index: StepIndex, maxBytes: number): readonly RecordPlace[] => {
  const { steps } = index;
  const middle = Math.min(steps.length, Math.max(0, index.applied - firstStepOf(index)));
  let from = middle;
  let before = middle;
  let bytes = 0;
  for (;;) {
    const isOlder = from > 0 && (before === steps.length || middle - from <= before - middle);
    const next = isOlder ? steps[from - 1] : steps[before];
    if (next === undefined || (bytes > 0 && bytes + next.length > maxBytes)) return steps.slice(from, before);
    bytes += next.length;
    if (isOlder) from--;
    else before++;
  }
};
