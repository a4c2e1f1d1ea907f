import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReviewedStore, image, imageStablePath } from '../app/testing/reviewedStore.ts';
import { createOutput } from './output.ts';
import { reportVerdict } from './verdicts.ts';

let store: ReviewedStore;
beforeEach(async () => {
  store = await ReviewedStore.make();
});
afterEach(() => store.dispose());

/** Approves and reports it as `approve --json` does; gives back the record that was printed. */
const approveAndReport = async (rows: number): Promise<unknown> => {
  const maskSha256 = await store.uploadRows(image, rows);
  const result = await store.app.services.review.approve({ asset: image, expectedHead: await store.headOf(image), maskSha256 });
  const stdout = new PassThrough();
  const output = createOutput(true, stdout as unknown as NodeJS.WriteStream, new PassThrough() as unknown as NodeJS.WriteStream);
  await reportVerdict(store.app, output, result, 'Approved');
  return JSON.parse(String(stdout.read()));
};

test('an approval is reported with its path and event', async () => {
  const record = await approveAndReport(3);
  const [event] = await store.eventsFile();
  expect(record).toMatchObject({ verdict: 'approve', state: 'approved', masked_local_path: imageStablePath, event_ids: [event?.['event_id']] });
  expect(record).not.toHaveProperty('pending');
});

test('an acknowledged approval is reported though the store fails right after it, with what is pending', async () => {
  store.changeDatabase('alter table maskdesk_outbox rename to hidden');
  const record = await approveAndReport(3);
  expect(record).toMatchObject({ verdict: 'approve', state: 'approved', pending: [expect.stringContaining('maskdesk_outbox')] });
});
