import { ExpectedError } from '../../../shared/errors/errors.ts';
import { settingsInUse, settingsMarkdown } from '../../app/config/settingsTable.ts';
import { throwFaults } from '../../app/config.ts';
import type { AddCommand } from '../addCommand.ts';

export const registerConfig = (add: AddCommand): void => {
  const { command, run } = add('config', 'show (what counts now, secrets masked, and where each value comes from), check (every fault at once), table (every key there is)');
  command.argument('<what>', 'show, check or table').option('--all', 'show: also what has its default');
  run<{ readonly all?: boolean }>(async ({ output, readConfig }, { all }, [what]) => {
    if (what === 'table') return output.answer({ markdown: settingsMarkdown() }, settingsMarkdown());
    if (what !== 'show' && what !== 'check') throw new ExpectedError('usage', `maskdesk config show, check or table; not '${String(what)}'.`);
    const { config, sections, faults } = await readConfig();
    if (what === 'show') {
      output.answer({ file: config.configFile ?? undefined, store: config.store.kind, blobs: config.blobs.kind, broker: config.broker.kind, folder: config.storeDir }, `# ${config.configFile ?? 'no maskdesk.toml'}: store ${config.store.kind}, blobs ${config.blobs.kind}, broker ${config.broker.kind}; this machine's folder ${config.storeDir}`);
      let printed = '';
      for (const { section, key, shown, origin } of settingsInUse(sections)) {
        if (origin === null && all !== true) continue;
        if (section !== printed && !output.json) output.answer({}, `[${section}]`);
        printed = section;
        output.answer({ section, key, value: shown, origin: origin ?? 'default' }, `${key} = ${shown === '' ? '(nothing)' : shown}  # ${origin ?? 'default'}`);
      }
    }
    throwFaults(faults);
    if (what === 'check') output.answer({ ok: true, file: config.configFile }, `${config.configFile ?? 'The environment and the defaults'}: no fault. Store ${config.store.kind}, blobs ${config.blobs.kind}, broker ${config.broker.kind}. (maskdesk doctor looks at the servers as well.)`);
  });
};
