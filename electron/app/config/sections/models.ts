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
  gpuId: setting(z.int().min(-1).max(63).optional(), { about: 'Which GPU, as CUDA (or on Windows DirectML) counts them; -1 is the CPU.', environment: ['GPU_ID'], standard: 'the system’s first' }),
};

export const modelsSection: Section<typeof keys> = {
  name: 'models',
  about: 'Which models, and what they run on.',
  keys,
  check: ({ gpuId, executionProviders: providers }) => {
    if (gpuId === undefined) return [];
    if (gpuId === -1) return providers?.some((provider) => provider !== 'cpu') === true ? [{ key: 'gpuId', message: '-1 is the CPU, and executionProviders names others' }] : [];
    const others = providers?.filter((provider) => provider === 'webgpu' || provider === 'coreml') ?? [];
    if (others.length > 0) return [{ key: 'gpuId', message: `${others.join(' and ')} in executionProviders can not be told which GPU to take; cuda and dml can` }];
    if (providers !== undefined && providers.every((provider) => provider === 'cpu')) return [{ key: 'gpuId', message: `${gpuId} is a GPU, and executionProviders names the cpu alone` }];
    return providers === undefined && process.platform === 'darwin' ? [{ key: 'gpuId', message: 'a Mac’s GPU can not be chosen by number; leave gpuId out, or -1 for the CPU' }] : [];
  },
};
