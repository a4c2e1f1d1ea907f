import { randomUUID } from 'node:crypto';
import type { App } from '../app/createApp.ts';
import type { Asset } from '../../shared/domain/asset.ts';
import { asId, type BatchId } from '../../shared/domain/ids.ts';
import { present, sentenceOf } from '../../shared/errors/errors.ts';
import type { VerdictResult } from '../../shared/contracts/rpc/review.ts';
import { assetRecord } from './assets.ts';
import type { Output } from './output.ts';

/** Verdicts on several assets by one command can be taken back together: maskdesk undo --batch. */
export const batchOf = (ids: readonly string[]): BatchId | undefined => (ids.length > 1 ? asId<BatchId>(randomUUID()) : undefined);

/** For people: how. With --json every record has the id. */
export const sayBatch = (output: Output, batchId: BatchId | undefined): void => {
  if (batchId !== undefined && !output.json) output.note(`To take all of these back: maskdesk undo --batch ${batchId}`);
};

/** What could not be published now, as sentences. The verdict is acknowledged, so a store that fails here is no failure of it. */
export const publishNow = async (app: App): Promise<readonly string[]> => {
  try {
    return (await app.publisher.drain()).problems;
  } catch (error) {
    return [sentenceOf(error)];
  }
};

/** An asset that is approved as it is needs no second verdict and the pipeline no second event; what is still pending goes out. */
export const reportApproved = async (app: App, output: Output, approved: Asset): Promise<void> => {
  const problems = await publishNow(app);
  const asset = (await app.services.store.assets.get(approved)) ?? approved;
  output.answer(
    { ...(await assetRecord(app.services.store, asset)), already: true, event_ids: [], pending: problems.length > 0 ? problems : undefined },
    [`${asset.id} is approved already`, `  mask   ${asset.maskedLocalPath ?? 'not published yet'}`, ...problems.map(pendingLine)].join('\n'),
  );
};

export const pendingLine = (problem: string): string => `  not published yet (it will be tried again): ${problem}`;

/** Finishes what a verdict set going (file, path, event) and prints where things are; what stays pending is tried again at the next start. */
export const reportVerdict = async (app: App, output: Output, result: VerdictResult, headline: string): Promise<void> => {
  const { store } = app.services;
  const problems = await publishNow(app);
  const asset = present(await store.assets.get(result.asset), 'the asset of a verdict');
  const eventIds = (result.publication?.events ?? []).map((event) => event.eventId);
  output.answer(
    {
      ...(await assetRecord(store, asset)),
      verdict: result.verdict.kind,
      verdict_id: result.verdict.verdictId,
      batch_id: result.verdict.batchId ?? undefined,
      reason: result.verdict.reason ?? undefined,
      reviewer: result.verdict.reviewer,
      event_ids: eventIds,
      pending: problems.length > 0 ? problems : undefined,
    },
    [
      result.verdict.kind === 'undo' && asset.state === 'approved' ? `${headline}; the approval before it stands` : headline,
      asset.maskedLocalPath === null ? '  mask   none published' : `  mask   ${asset.maskedLocalPath}`,
      ...eventIds.map((eventId) => `  event  ${eventId}`),
      ...problems.map(pendingLine),
    ].join('\n'),
  );
};
