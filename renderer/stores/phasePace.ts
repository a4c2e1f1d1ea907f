/** Work in phases, as it was last told of. */
export interface PhaseProgress {
  readonly done: number;
  /** Null: not known yet. */
  readonly total: number | null;
  /** Where this phase began in this run. */
  readonly phaseStart: { readonly atMs: number; readonly done: number };
  /** The moment of the last word. */
  readonly toldAtMs: number;
}

/** Of this phase: how many a second and seconds left, null before there is anything to go by. */
export const paceOf = ({ phaseStart, toldAtMs, done, total }: PhaseProgress): { readonly perSecond: number; readonly secondsLeft: number } | null => {
  const seconds = (toldAtMs - phaseStart.atMs) / 1000;
  const count = done - phaseStart.done;
  if (seconds < 1 || count <= 0 || total === null) return null;
  const perSecond = count / seconds;
  return { perSecond, secondsLeft: (total - done) / perSecond };
};
