import { createModels, describeUserModel, isUserFamily, userFamilies } from '../../app/createModels.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import type { CommandContext } from '../context.ts';
import { pullModel } from './modelsPull.ts';

export interface AddOptions {
  readonly family?: string;
  readonly sha256?: string;
  readonly id?: string;
  readonly label?: string;
}

/** Describes a person's own weights, says their licence, and checks and places them. */
export const addModel = async ({ output, signal, pathFrom, loadConfig }: CommandContext, source: string | undefined, options: AddOptions): Promise<ModelStatus> => {
  const families = Object.keys(userFamilies).join(', ');
  if (source === undefined) throw new ExpectedError('usage', 'maskdesk models add FILE-or-URL --family F');
  if (options.family === undefined || !isUserFamily(options.family)) throw new ExpectedError('usage', `--family is one of ${families}.`);
  const config = await loadConfig();
  const descriptor = await describeUserModel(config.dataDir, {
    ...(/^https?:/.test(source) ? { url: source } : { file: pathFrom(source) }),
    family: options.family,
    sha256: options.sha256,
    id: options.id,
    label: options.label,
  });
  output.note(`Licence of ${descriptor.id}: ${descriptor.licence.weights}${descriptor.licence.note === null ? '' : ` (${descriptor.licence.note})`}`);
  return pullModel(createModels(config), descriptor.id, output, signal);
};
