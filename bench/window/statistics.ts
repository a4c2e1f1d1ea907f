/** @param share 0..1 */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const ms = (value: number): string => `${value.toFixed(1)} ms`;
export const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** One line of a benchmark: what, how much, and the bar beside it with whether it was met. */
export const say = (what: string, measured: string, beside = ''): void => console.log(`  ${what.padEnd(52)}${measured.padStart(12)}  ${beside}`);
export const verdictOf = (value: number, bar: number, shown: string): string => `bar ${shown}: ${value <= bar ? 'met' : 'MISSED'}`;

/** Said once by each benchmark of the window: what its figures stand for. */
export const sayMachine = (): void =>
  console.log(process.platform === 'linux' ? '  (software rendering, no GPU; on a virtual display unless DISPLAY was set)' : '');
