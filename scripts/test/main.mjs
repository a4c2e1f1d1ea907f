/** The stages of `npm test`, on npm's Node 24; started by scripts/test.mjs. */
import { buildStep, defaultModel, demoStore, electron, packages, promptModel, quickModel, sharpBesideElectron, systemPackages, testServers, weights } from '../bootstrap/steps.mjs';
import { noticeOf, resolveElectron } from '../bootstrap/electron.mjs';
import { officialVersion } from '../bootstrap/electronOfficial.mjs';
import { demoTemplateFolder } from '../bootstrap/folders.mjs';
import { runCommand, say } from '../bootstrap/progress.mjs';
import { installLine, lackingServers } from '../bootstrap/testServers.mjs';
import { packageSmoke } from '../package/smokeStage.mjs';
import { judgeSkips } from './skipPolicy.mjs';
import { runChaos, runLint, runPlaywright, runTypes, runVitest } from './stages.mjs';
import { emptyTally, lastLine, singleTally, sumTallies } from './tally.mjs';
import { hasDisplay, startVirtualDisplay } from './xvfb.mjs';
import { bootstrap } from '../bootstrap.mjs';

const print = (line) => process.stdout.write(`${line}\n`);

const timed = async (name, work) => {
  const startedMs = Date.now();
  const tally = await work();
  print(`${name}: ${lastLine(tally)} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`);
  return tally;
};

/** The build, weights and the demo store that e2e copies. A failure is one failed test, and nothing after it can run. */
const prepareWindows = async () => {
  try {
    await bootstrap([packages, buildStep, weights([defaultModel, quickModel, promptModel]), demoStore(demoTemplateFolder)]);
  } catch (error) {
    say(error.message);
    return singleTally(false, 'build');
  }
  return emptyTally();
};

/** The stages that need real servers; those are installed where we may. Where they lack, the stage is skipped by name. */
const withServers = async (name, work) => {
  try {
    await bootstrap([testServers]);
  } catch (error) {
    say(error.message);
    return singleTally(false, 'test servers');
  }
  const lacking = lackingServers();
  if (lacking.length === 0) return work();
  return { ...emptyTally(), skipped: [{ name, reason: `this machine lacks ${lacking.join(' and ')}; ${installLine(lacking)}` }] };
};

const prepareAndRunChaos = async () => {
  try {
    await bootstrap([packages, weights([quickModel])]);
  } catch (error) {
    say(error.message);
    return singleTally(false, 'weights for the chaos program');
  }
  return runChaos();
};

const skipWithoutOfficial = (name) => {
  const { origin, version } = resolveElectron();
  if (origin !== 'repack') return emptyTally();
  return { ...emptyTally(), skipped: [{ name, reason: `the release host of Electron ${officialVersion()} can't be reached; ran on ${version} instead` }] };
};

const runEndToEnd = async (env) => sumTallies([await runPlaywright('app', env), skipWithoutOfficial('e2e on the official Electron')]);
const runPackage = async (env) => sumTallies([await packageSmoke(env), skipWithoutOfficial('package smoke on the official Electron')]);

const withDisplay = async (work) => {
  if (hasDisplay()) return work({});
  const { display, stop } = await startVirtualDisplay();
  try {
    return await work({ DISPLAY: display });
  } finally {
    await stop();
  }
};

const windowStages = (wants) =>
  withDisplay(async (display) => {
    const env = { ...display, MASKDESK_ELECTRON: resolveElectron().executable, MASKDESK_DEMO_TEMPLATE: demoTemplateFolder };
    const tallies = [];
    if (wants('e2e')) tallies.push(await timed('e2e', () => runEndToEnd(env)));
    if (wants('package')) tallies.push(await timed('package', () => runPackage(env)));
    return sumTallies(tallies);
  });

const runStages = async (wants) => {
  const tallies = [];
  // Each of these two keeps one core busy.
  if (wants('lint') || wants('types'))
    tallies.push(...(await Promise.all([wants('lint') ? timed('lint', runLint) : emptyTally(), wants('types') ? timed('types', runTypes) : emptyTally()])));
  if (wants('unit')) tallies.push(await timed('unit', () => runVitest('unit')));
  if (wants('servers')) tallies.push(await timed('servers', () => withServers('tests against real servers', () => runVitest('servers'))));
  if (wants('chaos')) tallies.push(await timed('chaos', () => withServers('chaos program', prepareAndRunChaos)));
  if (wants('build')) {
    const built = await timed('build', prepareWindows);
    tallies.push(built);
    if (built.failed === 0 && (wants('e2e') || wants('package'))) tallies.push(await windowStages(wants));
  }
  return sumTallies(tallies);
};

await runCommand(async () => {
  const startedMs = Date.now();
  const asked = process.argv.slice(2);
  const wants = (stage) => asked.length === 0 || asked.includes(stage) || (stage === 'build' && (asked.includes('e2e') || asked.includes('package')));
  const needsWindow = wants('e2e') || wants('package');
  await bootstrap(needsWindow ? [packages, sharpBesideElectron, electron, systemPackages({ needsDisplayServer: !hasDisplay() })] : [packages]);
  const notice = needsWindow ? noticeOf(resolveElectron()) : null;
  if (notice !== null) say(notice);

  const found = await runStages(wants);
  const { kept, refused } = judgeSkips(found.skipped, { ci: process.env.CI === 'true' });
  const result = { ...found, failed: found.failed + refused.length, skipped: kept };
  for (const name of found.failures) print(`failed: ${name}`);
  for (const { name, reason } of refused) print(`failed: ${name} was skipped, which CI does not allow (${reason || 'no reason given'})`);
  for (const { name, reason } of kept) print(`skipped: ${name} (${reason || 'no reason given'})`);
  print(`in all ${((Date.now() - startedMs) / 1000).toFixed(0)} s`);
  print(lastLine(result));
  if (result.failed > 0) process.exitCode = 1;
});
