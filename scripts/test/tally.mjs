/**
 * What a stage found.
 * @typedef {{passed: number, failed: number, skipped: {name: string, reason: string}[], failures: string[]}} Tally
 */
/** @returns {Tally} */
export const emptyTally = () => ({ passed: 0, failed: 0, skipped: [], failures: [] });

/** @param {boolean} ok @param {string} name @returns {Tally} a stage that counts as one test */
export const singleTally = (ok, name) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [], failures: ok ? [] : [name] });

/** @param {readonly Tally[]} tallies @returns {Tally} */
export const sumTallies = (tallies) =>
  tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: [...sum.skipped, ...tally.skipped],
      failures: [...sum.failures, ...tally.failures],
    }),
    emptyTally(),
  );

/** The last line of `npm test`; read by machines. */
export const lastLine = (tally) => `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`;
