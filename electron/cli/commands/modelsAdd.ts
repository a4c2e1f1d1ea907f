import { readFile } from 'node:fs/promises';
import { addPromptModel, isPromptFamily, promptFamilies } from '../../app/addPromptModel.ts';
import { createModels, describeInstanceModel, describeUserModel, instanceFamilies, isInstanceFamily, isUserFamily, userFamilies } from '../../app/createModels.ts';
import { fileError } from '../../base/fileError.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import type { CommandContext } from '../context.ts';
import { pullModel } from './modelsPull.ts';

export interface AddOptions {
  readonly family?: string;
  readonly sha256?: string;
  readonly id?: string;
  readonly label?: string;
  readonly encoder?: string;
  readonly decoder?: string;
  readonly encoderSha256?: string;
  readonly decoderSha256?: string;
  readonly classes?: string;
}

const isUrl = (where: string): boolean => /^https?:/.test(where);

interface Licensed {
  readonly id: string;
  readonly licence: { readonly weights: string; readonly note: string | null };
}

/** One a line; empty lines have no name. */
const classNames = async (path: string): Promise<readonly string[]> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError(error, path);
  });
  return text.split(/\r?\n/).map((name) => name.trim()).filter((name) => name !== '');
};

/** Describes a person's own weights, says their licence, and checks and places them. */
export const addModel = async (context: CommandContext, source: string | undefined, options: AddOptions): Promise<ModelStatus> => {
  const { output, signal, pathFrom, loadConfig } = context;
  const { family, encoder, decoder, id, label } = options;
  const sayLicence = ({ id: modelId, licence }: Licensed): void => output.note(`Licence of ${modelId}: ${licence.weights}${licence.note === null ? '' : ` (${licence.note})`}`);
  const named = (where: string, sha256: string | undefined) => ({ where: isUrl(where) ? where : pathFrom(where), sha256 });
  if (family !== undefined && isPromptFamily(family)) {
    if (encoder === undefined || decoder === undefined || source !== undefined) throw new ExpectedError('usage', `maskdesk models add --family ${family} --encoder FILE-or-URL --decoder FILE-or-URL`);
    const config = await loadConfig();
    const model = { family, encoder: named(encoder, options.encoderSha256), decoder: named(decoder, options.decoderSha256), id, label };
    return addPromptModel(config, model, { onDescribed: sayLicence, pull: (described) => pullModel(createModels(config), described.id, output, signal) });
  }
  if (family !== undefined && isInstanceFamily(family)) {
    if (source === undefined) throw new ExpectedError('usage', `maskdesk models add FILE-or-URL --family ${family} [--classes FILE]`);
    const config = await loadConfig();
    const classes = options.classes === undefined ? undefined : await classNames(pathFrom(options.classes));
    const described = await describeInstanceModel(config.dataDir, { family, weights: named(source, options.sha256), classes, id, label });
    sayLicence(described);
    return pullModel(createModels(config), described.id, output, signal);
  }
  if (family === undefined || !isUserFamily(family)) {
    throw new ExpectedError('usage', `--family is one of ${[...Object.keys(userFamilies), ...Object.keys(instanceFamilies)].join(', ')}; for prompts, with --encoder and --decoder, ${Object.keys(promptFamilies).join(', ')}.`);
  }
  if (source === undefined || encoder !== undefined || decoder !== undefined) throw new ExpectedError('usage', `maskdesk models add FILE-or-URL --family ${family}`);
  const config = await loadConfig();
  const descriptor = await describeUserModel(config.dataDir, { ...(isUrl(source) ? { url: source } : { file: pathFrom(source) }), family, sha256: options.sha256, id, label });
  sayLicence(descriptor);
  return pullModel(createModels(config), descriptor.id, output, signal);
};
