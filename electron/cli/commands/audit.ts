import { exportAudit, verifyAudit } from '../../app/auditFiles.ts';
import { auditFormats, type AuditFormat } from '../../../shared/contracts/rpc/audit.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { AddCommand } from '../addCommand.ts';
import type { CommandContext } from '../context.ts';
import { momentOf } from '../moment.ts';
import { exitCodes } from '../output.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly format: string;
  readonly out?: string;
}

const runExport = async ({ output, openApp, pathFrom, signal }: CommandContext, options: Options): Promise<void> => {
  const { format, out } = options;
  if (!auditFormats.includes(format as AuditFormat)) throw new ExpectedError('usage', `--format is one of ${auditFormats.join(', ')}.`);
  if (out === undefined) throw new ExpectedError('usage', 'audit export needs --out FILE.');
  const span = { sinceMs: momentOf('--from', options.from), untilMs: momentOf('--to', options.to) };
  const path = pathFrom(out);
  const { services } = await openApp({ background: false });
  for await (const step of exportAudit(services.store.audit, { ...span, format: format as AuditFormat, path, who: services.reviewer }, signal)) {
    if (step.kind === 'progress') output.progress(`${step.done.toLocaleString()} of ${step.total.toLocaleString()} entries`);
    else output.answer({ path, entries: step.entries, chain: step.chain }, `${step.entries.toLocaleString()} entries are in ${path}\nLast link of the chain, to be kept elsewhere: ${step.chain}`);
  }
};

const runVerify = async ({ output, pathFrom }: CommandContext, file: string): Promise<number> => {
  const path = pathFrom(file);
  const verdict = await verifyAudit(path);
  output.answer(
    { path, ...verdict },
    verdict.ok
      ? `${verdict.entries.toLocaleString()} entries, each follows from the one before. Last link: ${verdict.chain}`
      : `Line ${verdict.line} does not follow from what is before it: the file was changed after it was written, or it is not an export in JSON Lines.`,
  );
  return verdict.ok ? exitCodes.ok : exitCodes.failed;
};

export const registerAudit = (add: AddCommand): void => {
  const { command, run } = add('audit', 'the audit trail: export it, or verify an exported file');
  command
    .argument('<what>', 'export, or verify')
    .argument('[file]', 'for verify: the file (JSON Lines)')
    .option('--from <moment>', 'from this day or moment (ISO 8601, UTC)')
    .option('--to <moment>', 'up to, and without, this day or moment')
    .option('--format <format>', auditFormats.join(' or '), 'jsonl')
    .option('--out <file>', 'for export: where to');
  run<Options>(async (context, options, [what, file]) => {
    if (what === 'export') return runExport(context, options);
    if (what !== 'verify') throw new ExpectedError('usage', `audit takes export or verify, not '${String(what)}'.`);
    if (typeof file !== 'string') throw new ExpectedError('usage', 'audit verify needs the file.');
    return runVerify(context, file);
  });
};
