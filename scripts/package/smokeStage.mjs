import { runPlaywright } from '../test/stages.mjs';
import { singleTally, sumTallies } from '../test/tally.mjs';
import { say } from '../bootstrap/progress.mjs';
import { checkContents, checkFuses } from './checkPackage.mjs';
import { packageApp } from './packageApp.mjs';

/**
 * Packages the unpacked app, checks what is inside and its fuses (two tests), and does the main job in it.
 * @param {NodeJS.ProcessEnv} env DISPLAY
 */
export const packageSmoke = async (env) => {
  let app;
  try {
    app = await packageApp({ dirOnly: true });
  } catch (error) {
    say(error.message);
    return singleTally(false, 'package: made');
  }
  const contents = checkContents(app);
  const fuses = await checkFuses(app.executable);
  for (const line of [...contents.lines, ...contents.faults, ...fuses.faults]) say(`  ${line}`);
  return sumTallies([
    singleTally(contents.faults.length === 0, 'package: contents'),
    singleTally(fuses.faults.length === 0, 'package: fuses'),
    await runPlaywright('package', { ...env, MASKDESK_PACKAGED: app.executable }),
  ]);
};
