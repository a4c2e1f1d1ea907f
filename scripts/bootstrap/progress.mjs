import { BootstrapError } from './bootstrapError.mjs';

/** Progress goes to stderr alone: stdout belongs to the answers of the command that is being prepared. */
export const say = (line) => process.stderr.write(`maskdesk: ${line}\n`);

const seconds = (ms) => (ms < 950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/**
 * Says what starts and how long it took; a sign of life every 20 s in between, so that a slow line is not taken for a hang.
 * @template T @param {string} what @param {() => Promise<T>} work @returns {Promise<T>}
 */
export const withProgress = async (what, work) => {
  say(`${what} ...`);
  const startedMs = Date.now();
  const alive = setInterval(() => say(`  still at it: ${what} (${seconds(Date.now() - startedMs)})`), 20_000);
  try {
    const result = await work();
    say(`  done in ${seconds(Date.now() - startedMs)}`);
    return result;
  } finally {
    clearInterval(alive);
  }
};

/** Runs a command's main function: a BootstrapError is shown as its sentence, anything else with its stack. */
export const runCommand = async (main) => {
  try {
    await main();
  } catch (error) {
    if (error instanceof BootstrapError) say(error.message);
    else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
};
