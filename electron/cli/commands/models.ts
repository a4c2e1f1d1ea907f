import { asId, type ModelId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ModelStatus } from '../../../shared/contracts/rpc/models.ts';
import type { ModelStore } from '../../../shared/ports/modelStore.ts';
import { createModels } from '../../app/createModels.ts';
import { loadConfig } from '../../app/config.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes, type Output } from '../output.ts';
import { megabytes } from '../text.ts';

const printStatus = (output: Output, status: ModelStatus): void =>
  output.answer(
    { model: status.modelId, label: status.label, task: status.task, state: status.state, size_bytes: status.sizeBytes, licence: status.licence, licence_note: status.licenceNote, default: status.isDefault },
    `${status.state.padEnd(8)} ${status.modelId.padEnd(16)} ${megabytes(status.sizeBytes).padStart(9)}  ${status.licence}${status.isDefault ? '  (default)' : ''}`,
  );

export const registerModels = (add: AddCommand): void => {
  const { command, run } = add('models', 'weights on this machine: list, pull (download), verify');
  command.argument('<what>', 'list, pull or verify').argument('[ids...]', 'model ids (pull: default model; verify: all)');
  run(async ({ output, signal }, _options, [what, ids]) => {
    const models = createModels(await loadConfig({}));
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
    throw new ExpectedError('usage', `maskdesk models list, pull or verify; not '${String(what)}'.`);
  });
};

/** Downloads with progress on stderr. */
export const pullModel = (models: ModelStore, modelId: ModelId, output: Output, signal: AbortSignal): Promise<ModelStatus> => {
  let lastShown = -1;
  return models.pull(modelId, {
    signal,
    onProgress: (step) => {
      if (step.kind === 'verifying') output.progress(`${modelId}: verifying`);
      if (step.kind !== 'progress') return;
      const share = step.totalBytes === null ? null : Math.floor((100 * step.receivedBytes) / step.totalBytes);
      const shown = share === null ? Math.floor(step.receivedBytes / 10_000_000) : Math.floor(share / 5);
      if (shown === lastShown) return;
      lastShown = shown;
      output.progress(`${modelId}: ${megabytes(step.receivedBytes)}${step.totalBytes === null ? '' : ` of ${megabytes(step.totalBytes)} (${share} %)`}`);
    },
  });
};
