import { breaks } from '../breaks.ts';
import type { Outcome } from '../outcome.ts';
import { checkOutcome } from './checkOutcome.ts';

export interface Trial {
  readonly noticed: readonly string[];
  /** There was nothing that they could have been done to. */
  readonly impossible: readonly string[];
  readonly unnoticed: readonly string[];
}

/** Does each wrong to a copy of what came out: a checker that finds nothing must be one that would. */
export const checkTheChecks = (outcome: Outcome): Trial => {
  const [noticed, impossible, unnoticed]: [string[], string[], string[]] = [[], [], []];
  for (const { name, expected, spoil } of breaks) {
    const broken = spoil(outcome);
    if (broken === null) impossible.push(name);
    else if (checkOutcome(broken).faults.some((fault) => expected.test(fault))) noticed.push(name);
    else unnoticed.push(name);
  }
  return { noticed, impossible, unnoticed };
};
