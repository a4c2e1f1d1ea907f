import { configFileFindings, displayFinding, folderFinding, modelFindings, providerFinding, serverFindings, settingsFindings, storeFindings, versionFindings, type Finding } from '../doctor/checks.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes } from '../output.ts';

const marks = { ok: 'ok     ', warning: 'look   ', failed: 'FAILED ' } as const;

export const registerDoctor = (add: AddCommand): void => {
  const { run } = add('doctor', 'check versions, execution providers, weights, store and permissions; each line ok, or what to do');
  run(async ({ output, readConfig, openWith }) => {
    const { config, sections, faults } = await readConfig({ readOnly: true });
    let anyFailed = false;
    const print = ({ check, status, message, fix }: Finding): void => {
      anyFailed ||= status === 'failed';
      output.answer({ check, status, message, fix }, `${marks[status]} ${check}: ${message}${fix === null ? '' : `\n          do: ${fix}`}`);
    };
    versionFindings().forEach(print);
    print(displayFinding());
    settingsFindings(config, faults).forEach(print);
    configFileFindings(config, sections).forEach(print);
    print(await folderFinding('cache folder', config.cacheDir));
    print(providerFinding(config));
    (await modelFindings(config)).forEach(print);
    (await serverFindings(config)).forEach(print);
    const store = await storeFindings(() => openWith(config));
    store.forEach(print);
    if (store.every((finding) => finding.status !== 'warning' || finding.check !== 'store')) print(await folderFinding('store folder', config.storeDir));
    return anyFailed ? exitCodes.failed : exitCodes.ok;
  });
};
