import { asId, type JobId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { assetRecord } from '../assets.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes } from '../output.ts';

interface Options {
  readonly kind: string;
  readonly job?: string;
  readonly mapping?: string;
}

export const registerImport = (add: AddCommand): void => {
  const { command, run } = add('import', 'copy pictures into the store; what can not be read is listed and the rest goes on');
  command
    .argument('<dir>', 'a folder with one folder a product (or a video), or with mapping.csv or mapping.jsonl')
    .option('--kind <kind>', 'products or keyframes', 'products')
    .option('--job <id>', 'the job to take or make (default: named after the folder)')
    .option('--mapping <file>', 'CSV or JSON lines that name files and ids');
  run<Options>(async ({ output, openApp, pathFrom, signal }, options, [dir]) => {
    if (options.kind !== 'products' && options.kind !== 'keyframes') {
      throw new ExpectedError('usage', `--kind is products or keyframes, not '${options.kind}'.`);
    }
    const { services } = await openApp({ background: false });
    const run = services.imports.run({
      folder: pathFrom(String(dir)),
      kind: options.kind,
      signal,
      ...(options.job === undefined ? {} : { jobId: asId<JobId>(options.job) }),
      ...(options.mapping === undefined ? {} : { mappingFile: pathFrom(options.mapping) }),
    });
    let exitCode: number = exitCodes.ok;
    for await (const step of run) {
      switch (step.kind) {
        case 'progress':
          output.progress(`Importing ${step.done} of ${step.total}  ${step.file}`);
          break;
        case 'asset': {
          const asset = await services.store.assets.get(step.asset);
          if (asset !== null) output.answer({ ...(await assetRecord(services.store, asset)), outcome: step.outcome, file: step.file }, step.outcome === 'added' ? `  ${step.asset.id}  (${step.file})` : '');
          break;
        }
        case 'problem':
          output.answer({ ...step.problem }, `  not imported: ${step.problem.file}: ${step.problem.reason}`);
          break;
        case 'finished': {
          const { added, existing, failed, cancelled } = step;
          output.answer(
            { imported: added, existing, failed: failed.length, cancelled },
            `${added} imported, ${existing} already there, ${failed.length} not imported${cancelled ? ' (stopped before the end)' : ''}`,
          );
          if (cancelled) exitCode = exitCodes.interrupted;
          else if (added + existing === 0) exitCode = exitCodes.failed;
        }
      }
    }
    return exitCode;
  });
};
