import { z } from 'zod';
import { storeSettings } from '../../storeSettings.ts';
import { setting, type Section } from '../setting.ts';

const { model, promptModel, threshold, keepMatte, threads, executionProviders } = storeSettings.shape;
const keys = {
  model: setting(model, { about: 'Makes new masks: a model’s id, or product for the recipe.', storeKey: 'model' }),
  promptModel: setting(promptModel, { about: 'Answers prompts in the desk.', storeKey: 'promptModel' }),
  threshold: setting(threshold, { about: 'From which probability a pixel is in the mask.', storeKey: 'threshold' }),
  keepMatte: setting(keepMatte, { about: 'Whether soft coverage is kept beside each mask.', storeKey: 'keepMatte' }),
  threads: setting(threads, { about: 'Threads of one inference. Also MASKDESK_THREADS.', storeKey: 'threads', standard: 'the cores' }),
  executionProviders: setting(executionProviders, { about: 'Tried in this order; cpu is always the last resort.', storeKey: 'executionProviders', standard: 'what the system has, the quickest first' }),
  gpuId: setting(z.int().min(-1).max(63).optional(), { about: 'Which GPU; -1 is the CPU.', environment: ['GPU_ID'], standard: 'the system’s first' }),
};

export const modelsSection: Section<typeof keys> = {
  name: 'models',
  about: 'Which models, and what they run on.',
  keys,
  check: ({ gpuId, executionProviders: providers }) =>
    gpuId === -1 && providers?.some((provider) => provider !== 'cpu') === true ? [{ key: 'gpuId', message: '-1 is the CPU, and executionProviders names others' }] : [],
};
