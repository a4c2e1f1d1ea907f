import type { App } from '../../app/createApp.ts';
import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type ModelId } from '../../../shared/domain/ids.ts';
import { ExpectedError, present } from '../../../shared/errors/errors.ts';
import { assetLine, assetRecord, assetWithId, parseKind } from '../assets.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes, type Output } from '../output.ts';
import { pullModel } from './modelsPull.ts';

interface Options {
  readonly model?: string;
  readonly threshold?: string;
  readonly matte?: boolean;
  readonly kind?: string;
}

const parseThreshold = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const threshold = Number(text);
  if (text.trim() === '' || !(threshold >= 0 && threshold <= 1)) throw new ExpectedError('usage', `--threshold is a number from 0 to 1, not '${text}'.`);
  return threshold;
};

/** Weights that are missing are fetched, with their licence said, since without them there is nothing to do. */
export const ensureWeights = async (app: App, modelId: ModelId, output: Output, signal: AbortSignal): Promise<void> => {
  const status = (await app.services.models.list()).find((model) => model.modelId === modelId);
  if (status === undefined) throw new ExpectedError('model_unknown', `There is no model '${modelId}'; 'maskdesk models list' shows those that there are.`);
  if (status.state === 'ready') return;
  output.note(`Fetching the weights of ${modelId} (licence: ${status.licence})`);
  await pullModel(app.services.models, modelId, output, signal);
};

/** Runs the queued work to its end and prints each asset as it comes. @returns how many got a mask and how many failed */
export const runSegmentation = async (app: App, output: Output, signal: AbortSignal, enqueue: () => Promise<{ readonly added: number }>): Promise<{ done: number; failed: number }> => {
  const { store, segmentation, events } = app.services;
  const changed = new Map<string, AssetRef>();
  const stopListening = events.listen((event) => {
    if (event.kind === 'assetsChanged') for (const asset of event.assets) changed.set(assetKey(asset), asset);
  });
  const stop = (): void => void segmentation.cancel();
  signal.addEventListener('abort', stop, { once: true });
  let done = 0;
  let failed = 0;
  const print = async (): Promise<void> => {
    const refs = [...changed.values()];
    changed.clear();
    for (const ref of refs) {
      const asset: Asset = present(await store.assets.get(ref), 'a segmented asset');
      if (asset.state === 'failed') failed++;
      else done++;
      output.answer(await assetRecord(store, asset), assetLine(asset));
    }
  };
  try {
    const { added } = await enqueue();
    let printing = Promise.resolve();
    const stopWatching = segmentation.onChange(() => {
      printing = printing.then(print);
    });
    const ticker = setInterval(() => {
      void segmentation.status().then(({ counts, secondsLeft }) => {
        const left = counts.queued + counts.running;
        output.progress(`Segmenting: ${left} of ${added} left${secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s`}`);
      });
    }, 2_000);
    try {
      await segmentation.idle();
    } finally {
      clearInterval(ticker);
      stopWatching();
    }
    await printing;
    await print();
  } finally {
    stopListening();
    signal.removeEventListener('abort', stop);
  }
  return { done, failed };
};

export const registerSegment = (add: AddCommand): void => {
  const { command, run } = add('segment', 'make masks: for the named assets, or for every one that has none');
  command
    .argument('[ids...]', 'asset ids (default: all without a mask)')
    .option('--model <id>', 'see maskdesk models list')
    .option('--threshold <t>', 'from 0 to 1: a pixel is mask at and above it (default 0.5)')
    .option('--matte', 'keep the soft edge beside the mask')
    .option('--kind <kind>', 'products or keyframes, where an id is both');
  run<Options>(async ({ output, openApp, signal }, options, [ids]) => {
    const threshold = parseThreshold(options.threshold);
    const kind = parseKind(options.kind);
    const app = await openApp({ background: true });
    const { store, segmentation } = app.services;
    const modelId = options.model === undefined ? app.config.defaultModelId : asId<ModelId>(options.model);
    const assets: Asset[] = [];
    for (const id of ids as readonly string[]) assets.push(await assetWithId(store, id, kind));
    await ensureWeights(app, modelId, output, signal);
    const choice = { modelId, threshold, wantMatte: options.matte };
    const { done, failed } = await runSegmentation(app, output, signal, () => (assets.length > 0 ? segmentation.rerun(assets, choice) : segmentation.start(choice)));
    const counts = (await segmentation.status()).counts;
    output.answer({ segmented: done, failed, left: counts.queued }, `${done} segmented, ${failed} failed`);
    if (signal.aborted) return exitCodes.interrupted;
    return failed > 0 && done === 0 ? exitCodes.failed : exitCodes.ok;
  });
};
