import { asId, type ModelId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import { createModels } from '../../app/createModels.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes, type Output } from '../output.ts';
import { megabytes } from '../text.ts';
import { addModel, type AddOptions } from './modelsAdd.ts';
import { pullModel } from './modelsPull.ts';

const printStatus = (output: Output, status: ModelStatus): void =>
  output.answer(
    { model: status.modelId, label: status.label, task: status.task, state: status.state, size_bytes: status.sizeBytes, licence: status.licence, licence_note: status.licenceNote, default: status.isDefault },
    `${status.state.padEnd(8)} ${status.modelId.padEnd(16)} ${megabytes(status.sizeBytes).padStart(9)}  ${status.licence}${status.isDefault ? '  (default)' : ''}`,
  );

export const registerModels = (add: AddCommand): void => {
  const { command, run } = add('models', 'weights on this machine: list, pull (download), verify, add (your own)');
  command
    .argument('<what>', 'list, pull, verify or add')
    .argument('[ids...]', 'model ids (pull: default model; verify: all), or for add a file or URL')
    .option('--family <name>', 'add: rmbg-1.4, rmbg-2.0, birefnet, isnet or u2net; to find people yolo-seg or detr-seg; for prompts sam, mobilesam, edgesam, efficientsam, sam2 or sam2.1')
    .option('--encoder <where>', 'add, for prompts: file or URL of the encoder')
    .option('--decoder <where>', 'add, for prompts: file or URL of the decoder')
    .option('--encoder-sha256 <digest>', 'add: what the encoder must have; needed with a URL')
    .option('--decoder-sha256 <digest>', 'add: what the decoder must have; needed with a URL')
    .option('--sha256 <digest>', 'add: what the weights must have; needed with a URL')
    .option('--classes <file>', 'add, yolo-seg and detr-seg: names of the classes, one a line (default for yolo-seg: those of COCO)')
    .option('--id <id>', 'add: the id to use (default: from the file name)')
    .option('--label <text>', 'add: the name that people see');
  run<AddOptions>(async (context, options, [what, ids]) => {
    const { output, signal, loadConfig } = context;
    if (what === 'add') {
      printStatus(output, await addModel(context, (ids as readonly string[])[0], options));
      return exitCodes.ok;
    }
    const models = createModels(await loadConfig());
    const asked = (ids as readonly string[]).map((id) => asId<ModelId>(id));
    if (what === 'list') {
      for (const status of await models.list()) printStatus(output, status);
      return exitCodes.ok;
    }
    if (what === 'verify') {
      const known = (await models.list()).filter((status) => status.state !== 'missing').map((status) => status.modelId);
      let exitCode: number = exitCodes.ok;
      for (const modelId of asked.length > 0 ? asked : known) {
        const status = await models.verify(modelId);
        printStatus(output, status);
        if (status.state !== 'ready') exitCode = exitCodes.failed;
      }
      return exitCode;
    }
    if (what === 'pull') {
      const defaults = (await models.list()).filter((status) => status.isDefault).map((status) => status.modelId);
      for (const modelId of asked.length > 0 ? asked : defaults) printStatus(output, await pullModel(models, modelId, output, signal));
      return exitCodes.ok;
    }
    throw new ExpectedError('usage', `maskdesk models list, pull, verify or add; not '${String(what)}'.`);
  });
};
