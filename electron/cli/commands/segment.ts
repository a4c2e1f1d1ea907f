import type { App } from '../../app/createApp.ts';
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type ModelId } from '../../../shared/domain/ids.ts';
import { noMaskByItself } from '../../../shared/domain/model.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { BugError, ExpectedError } from '../../../shared/errors/errors.ts';
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
  if (status.task !== 'foreground') throw new ExpectedError('model_unknown', noMaskByItself(status.label, modelId, status.task));
  if (status.state === 'ready') return;
  output.note(`Fetching the weights of ${modelId} (licence: ${status.licence})`);
  await pullModel(app.services.models, modelId, output, signal);
};

/** The asset as it is now; of one that the pipeline has deleted meanwhile there is only its name to tell. */
const printEnded = async ({ services: { store } }: App, output: Output, task: Task): Promise<void> => {
  const { kind, id } = task.asset;
  const asset = await store.assets.get(task.asset);
  const failed = task.state === 'failed';
  const error = failed ? { code: task.errorCode ?? 'bug', message: task.reason ?? '' } : undefined;
  if (asset === null) output.answer({ asset_id: id, kind, error }, `${task.state.padEnd(12)} ${id}${task.reason === null ? '' : `  (${task.reason})`}`);
  else {
    // Where a person's work stands, a result waits beside it (architecture.md, Who moves the head).
    const waits = !failed && (asset.state === 'approved' || asset.state === 'rejected' || asset.headModelId !== task.parameters.modelId);
    const done = waits ? `${assetLine(asset)}  (a new version by ${task.parameters.modelId} waits beside it)` : assetLine(asset);
    output.answer({ ...(await assetRecord(store, asset)), waits_beside_head: waits ? true : undefined, error }, failed ? `no new mask: ${assetLine({ ...asset, reason: task.reason })}` : done);
  }
};

type Run = App['services']['segmentation']['run'];
type Progress = ReturnType<Run> extends AsyncIterable<infer Item> ? Item : never;
type Finished = Extract<Progress, { readonly kind: 'finished' }>;
export interface SegmentationOutcome extends Omit<Finished, 'kind'> {
  /** How many tasks it was about. */
  readonly asked: number;
}

const tellEveryMs = 2_000;

/** Runs what is asked for to its end and prints each asset as it comes. A cancelled task is printed by nobody: it left no trace. */
export const runSegmentation = async (app: App, output: Output, request: Parameters<Run>[0]): Promise<SegmentationOutcome> => {
  const { segmentation } = app.services;
  let asked = 0;
  let left = 0;
  const made: AssetRef[] = [];
  const tell = async (): Promise<void> => {
    const { perMinute } = await segmentation.status();
    const seconds = perMinute === null || perMinute === 0 ? '' : `, about ${Math.ceil((left * 60) / perMinute)} s`;
    output.progress(`Segmenting: ${left} of ${asked} left${seconds}`);
  };
  const ticker = setInterval(() => {
    tell().catch((error: unknown) => output.note(`How far the work is could not be seen: ${error instanceof Error ? error.message : String(error)}`));
  }, tellEveryMs);
  try {
    for await (const progress of segmentation.run(request)) {
      if (progress.kind === 'queued') asked = left = progress.total;
      else if (progress.kind === 'finished') {
        // Some tens of milliseconds a mask, mostly done while the next was segmented: who looks at the queue next finds it in order.
        await app.services.checks.complete(made, request?.signal);
        return { done: progress.done, failed: progress.failed, cancelled: progress.cancelled, left: progress.left, asked };
      } else {
        left--;
        if (progress.task.state !== 'cancelled') await printEnded(app, output, progress.task);
        if (progress.task.state === 'done') made.push(progress.task.asset);
      }
    }
  } finally {
    clearInterval(ticker);
  }
  throw new BugError('A segmentation did not say how it ended');
};

const summaryText = ({ done, failed, cancelled, left }: SegmentationOutcome): string =>
  [`${done} segmented`, `${failed} failed`, ...(cancelled > 0 ? [`${cancelled} cancelled`] : []), ...(left > 0 ? [`${left} left`] : [])].join(', ');

export const registerSegment = (add: AddCommand): void => {
  const { command, run } = add('segment', 'make masks: for the named assets, or for every one that has none');
  command
    .argument('[ids...]', 'asset ids (default: all without a mask)')
    .option('--model <id>', 'see maskdesk models list')
    .option('--threshold <t>', 'from 0 to 1: a pixel is mask at and above it (default 0.5)')
    .option('--matte', 'keep the soft edge beside the mask')
    .option('--kind <kind>', 'products or keyframes: of all without a mask those alone; with ids, where an id is both');
  run<Options>(async ({ output, openApp, signal }, options, [ids]) => {
    const threshold = parseThreshold(options.threshold);
    const kind = parseKind(options.kind);
    const app = await openApp({ background: true });
    const modelId = options.model === undefined ? app.config.defaultModelId : asId<ModelId>(options.model);
    const named: Asset[] = [];
    for (const id of ids as readonly string[]) named.push(await assetWithId(app.services.store, id, kind));
    await ensureWeights(app, modelId, output, signal);
    const outcome = await runSegmentation(app, output, { ...(named.length > 0 ? { assets: named } : { kind }), modelId, threshold, wantMatte: options.matte, signal });
    const { asked, done, failed, cancelled, left } = outcome;
    output.answer({ segmented: done, failed, cancelled, left }, summaryText(outcome));
    if (signal.aborted) return exitCodes.interrupted;
    const nothingDone = asked > 0 && done === 0;
    return left > 0 || cancelled > 0 || nothingDone ? exitCodes.failed : exitCodes.ok;
  });
};
