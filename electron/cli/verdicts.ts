import type { App } from '../app/createApp.ts';
import { present } from '../../shared/errors/errors.ts';
import type { VerdictResult } from '../../shared/contracts/rpc/review.ts';
import { assetRecord } from './assets.ts';
import type { Output } from './output.ts';

/** Finishes what a verdict set going (file, path, event) and prints where things are. */
export const reportVerdict = async (app: App, output: Output, result: VerdictResult, headline: string): Promise<void> => {
  const { store } = app.services;
  const { problems } = await app.publisher.drain();
  const asset = present(await store.assets.get(result.asset), 'the asset of a verdict');
  const eventIds = (result.publication?.events ?? []).map((event) => event.eventId);
  output.answer(
    {
      ...(await assetRecord(store, asset)),
      verdict: result.verdict.kind,
      verdict_id: result.verdict.verdictId,
      reason: result.verdict.reason ?? undefined,
      reviewer: result.verdict.reviewer,
      event_ids: eventIds,
      pending: problems.length > 0 ? problems : undefined,
    },
    [
      headline,
      asset.maskedLocalPath === null ? '  mask   none published' : `  mask   ${asset.maskedLocalPath}`,
      ...eventIds.map((eventId) => `  event  ${eventId}`),
      ...problems.map((problem) => `  not published yet (it will be tried again): ${problem}`),
    ].join('\n'),
  );
};
