/** What `npm run package` does once the clone is ready, on npm's Node 24; started by scripts/package.mjs. */
import { BootstrapError } from '../bootstrap/bootstrapError.mjs';
import { noticeOf, resolveElectron } from '../bootstrap/electron.mjs';
import { runCommand } from '../bootstrap/progress.mjs';
import { checkContents, checkFuses } from './checkPackage.mjs';
import { packageApp } from './packageApp.mjs';

const print = (line) => process.stdout.write(`${line}\n`);

await runCommand(async () => {
  const notice = noticeOf(resolveElectron());
  if (notice !== null) print(`${notice}: only the unpacked app is made, and it is not for giving away`);
  const app = await packageApp({ dirOnly: process.argv.includes('--dir') });
  const contents = checkContents(app);
  const fuses = await checkFuses(app.executable);
  print(`in ${app.folder}`);
  for (const line of [...contents.lines, ...fuses.lines]) print(`  ${line}`);
  const faults = [...contents.faults, ...fuses.faults];
  if (faults.length > 0) throw new BootstrapError(`The package is not right:\n  ${faults.join('\n  ')}`);
});
