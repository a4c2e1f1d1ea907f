import type { App } from '../../app/createApp.ts';
import { asId, type BatchId, type VerdictId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { assetRecord } from '../assets.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes, type Output } from '../output.ts';
import { pendingLine, publishNow, reportVerdict } from '../verdicts.ts';

interface Options {
  readonly batch?: string;
}

/** Every asset with what became of it; one that was judged again since is a failure of its own. */
const undoBatch = async (app: App, output: Output, batchId: BatchId, signal: AbortSignal): Promise<number> => {
  let exitCode: number = exitCodes.ok;
  for await (const step of app.services.bulk.undo(batchId, signal)) {
    if (step.kind === 'progress') {
      output.progress(`${step.done} of ${step.total}`);
      continue;
    }
    const pending = await publishNow(app);
    for (const ref of step.done) {
      const asset = await app.services.store.assets.get(ref);
      if (asset === null) continue;
      const text = `Took back the verdict on ${asset.id}: ${asset.state}${asset.maskedLocalPath === null ? '' : `  ${asset.maskedLocalPath}`}`;
      output.answer({ ...(await assetRecord(app.services.store, asset)), verdict: 'undo', batch_id: batchId }, text);
    }
    for (const problem of pending) output.note(pendingLine(problem));
    for (const { asset, code, message } of step.refused) exitCode = output.failure(new ExpectedError(code, message), { asset_id: asset.id });
    if (step.failure !== null) exitCode = output.failure(new ExpectedError(step.failure.code, step.failure.message), { batch_id: batchId });
    else if (step.cancelled) exitCode = exitCodes.interrupted;
  }
  return exitCode;
};

export const registerUndo = (add: AddCommand): void => {
  const { command, run } = add('undo', 'take a verdict back; without an id your latest one');
  command
    .argument('[verdict-id]')
    .option('--batch <id>', 'take back all verdicts that were given together')
    .option('--reviewer <name>', 'whose latest verdict (default: MASKDESK_REVIEWER, else your user name)');
  run<Options>(async ({ output, openApp, signal }, { batch }, [verdictId]) => {
    if (batch !== undefined && verdictId !== undefined) throw new ExpectedError('usage', 'Name a verdict or a batch, not both.');
    const app = await openApp({ background: false });
    if (batch !== undefined) return undoBatch(app, output, asId<BatchId>(batch), signal);
    const result = await app.services.review.undo({ verdictId: typeof verdictId === 'string' ? asId<VerdictId>(verdictId) : undefined });
    await reportVerdict(app, output, result, `Took back the verdict on ${result.asset.id}`);
    return exitCodes.ok;
  });
};
