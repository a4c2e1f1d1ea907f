import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { fileError } from '../base/fileError.ts';
import { filesOf, modelDescriptorSchema, type ModelDescriptor } from './modelDescriptor.ts';
import { parseSource } from './modelSource.ts';

export interface DescriptorFault {
  readonly file: string;
  /** One sentence. */
  readonly reason: string;
}

export interface Descriptors {
  /** Built-in ones first, in file name order; a user's own may not take a built-in one's id. */
  readonly models: readonly ModelDescriptor[];
  readonly faults: readonly DescriptorFault[];
}

/** @throws ExpectedError invalid_input with the first fault in words */
export const parseDescriptor = (text: string, file: string): ModelDescriptor => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ExpectedError('invalid_input', `${file} is not JSON.`, { cause: error });
  }
  const parsed = modelDescriptorSchema.safeParse(value);
  if (!parsed.success) {
    throw new ExpectedError('invalid_input', `${file} does not describe a model: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  }
  for (const { source, integrity } of filesOf(parsed.data)) {
    if (parseSource(source).kind === 'npm' && integrity === undefined) {
      throw new ExpectedError('invalid_input', `${file} names an npm package without its integrity.`);
    }
  }
  return parsed.data;
};

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError(error, folder);
  }
};

/** Reads every descriptor; a broken one of the user's is listed as a fault and the rest stands. */
export const readDescriptors = async (builtInFolder: string, userFolder: string): Promise<Descriptors> => {
  const models = new Map<string, ModelDescriptor>();
  const faults: DescriptorFault[] = [];
  for (const folder of [builtInFolder, userFolder]) {
    for (const name of await namesIn(folder)) {
      const file = join(folder, name);
      try {
        const descriptor = parseDescriptor(await readFile(file, 'utf8'), file);
        if (models.has(descriptor.id)) faults.push({ file, reason: `The id ${descriptor.id} is taken by another model.` });
        else models.set(descriptor.id, descriptor);
      } catch (error) {
        if (folder === builtInFolder) throw error;
        faults.push({ file, reason: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  return { models: [...models.values()], faults };
};
