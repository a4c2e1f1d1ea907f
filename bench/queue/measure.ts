import { performance } from 'node:perf_hooks';

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

/**
 * Prints p50 and p95 of the time of a call as whoever waits for it sees it, beside its bar. Other work on the machine counts in: measure in a quiet moment.
 * @param runs how often; before them one that is not counted, as an app's first is
 * @returns what measures; `call` gets the run's number, to ask for something else each time
 */
export const createMeasure = (runs: number) => async (what: string, barMs: number | null, call: (run: number) => Promise<unknown>): Promise<void> => {
  const wallMs: number[] = [];
  for (let run = -1; run < runs; run++) {
    const startMs = performance.now();
    await call(Math.max(0, run));
    if (run >= 0) wallMs.push(performance.now() - startMs);
  }
  const ms = (value: number): string => `${value.toFixed(1)} ms`.padStart(11);
  const p95 = percentile(wallMs, 0.95);
  const bar = barMs === null ? '' : `bar ${barMs} ms: ${p95 <= barMs ? 'met' : 'MISSED'}`;
  console.log(`  ${what.padEnd(46)}${ms(percentile(wallMs, 0.5))}${ms(p95)}  ${bar}`);
};

export const heading = (text: string): void => console.log(`\n${text.padEnd(48)}${'p50'.padStart(11)}${'p95'.padStart(11)}`);
