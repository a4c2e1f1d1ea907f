/** What a check is about: the lines of the report. */
export const checkKinds = {
  mask: 'every asset has the mask that the rules say, at its place',
  batch: 'one batch event a job, with the exact total, after its assets',
  order: 'no event before its file',
  event: 'every event that was promised arrived, and no other',
  verdict: 'no acknowledged verdict is lost, no approval overwritten',
  poison: 'dead-letter queues hold exactly the poison',
  rest: 'nothing waits any more, nobody ended unasked, workers end with 0',
} as const;
export type CheckKind = keyof typeof checkKinds;

/** Counts what was looked at and keeps the sentences of what was wrong. */
export class Checker {
  readonly counts = new Map<CheckKind, number>();
  readonly faults: string[] = [];

  that(kind: CheckKind, isRight: boolean, fault: () => string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (!isRight) this.faults.push(`${kind}: ${fault()}`);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
