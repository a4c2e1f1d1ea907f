import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { runChild } from '../bootstrap/child.mjs';
import { inRoot } from '../bootstrap/folders.mjs';
import { appNode } from '../bootstrap/versions.mjs';
import { playwrightTally } from './playwrightTally.mjs';
import { singleTally } from './tally.mjs';
import { eslintArguments, typesArguments } from './tools.mjs';

const report = (name) => inRoot('.bootstrap', 'reports', `${name}.json`);

const freshReport = (name) => {
  mkdirSync(dirname(report(name)), { recursive: true });
  rmSync(report(name), { force: true });
  return report(name);
};

/** A runner that wrote no report has failed as a whole; one that says it failed without naming a test has failed too. */
const tallyFrom = (path, code, what, read) => {
  let tally;
  try {
    tally = read(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // No report or half of one: its own words are on the screen.
    return singleTally(false, `${what} ended with ${code} and left no report`);
  }
  if (code !== 0 && tally.failed === 0) return { ...tally, failed: 1, failures: [`${what} ended with ${code} though no test failed`] };
  return tally;
};

export const runLint = async () => singleTally((await runChild(appNode, eslintArguments)).code === 0, 'lint');

export const runTypes = async () => singleTally((await runChild(appNode, typesArguments)).code === 0, 'types');

/** The three-minute form; another seed each time, which it says. What it found wrong stands in its tally: the end of a log is what is read first. */
export const runChaos = async () => {
  const path = freshReport('chaos');
  const { code } = await runChild(appNode, [inRoot('e2e', 'chaos', 'main.ts'), '--minutes', '3'], { env: { ...process.env, MASKDESK_CHAOS_TALLY: path } });
  return tallyFrom(path, code, 'chaos', (tally) => tally);
};

/** CI=true alone makes vitest colour each dot of a log that nobody sees in colour. */
const plainInLogs = process.stdout.isTTY ? {} : { NO_COLOR: '1' };

/** @param {'unit' | 'servers'} project of vitest.config.ts @param {readonly string[]} filters names of files to run alone */
export const runVitest = async (project, filters = []) => {
  const path = freshReport(`vitest-${project}`);
  const { code } = await runChild(
    appNode,
    [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, '--reporter=dot', `--reporter=${inRoot('scripts', 'test', 'vitestReporter.mjs')}`, ...filters],
    { env: { ...process.env, ...plainInLogs, MASKDESK_VITEST_TALLY: path } },
  );
  return tallyFrom(path, code, `vitest (${project})`, (tally) => tally);
};

/**
 * @param {string} project of playwright.config.ts @param {NodeJS.ProcessEnv} env DISPLAY and what the specs read
 * @param {readonly string[]} filters
 */
export const runPlaywright = async (project, env, filters = []) => {
  const path = freshReport(`playwright-${project}`);
  const { code } = await runChild(appNode, [inRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test', `--project=${project}`, '--reporter=list,json', ...filters], {
    env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: path },
  });
  return tallyFrom(path, code, `Playwright (${project})`, playwrightTally);
};
