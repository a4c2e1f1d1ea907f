import { rejectReasons, type RejectReason } from '../../../shared/domain/verdict.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { assetWithId, parseKind } from '../assets.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes } from '../output.ts';
import { batchOf, reportVerdict, sayBatch } from '../verdicts.ts';

interface Options {
  readonly kind?: string;
  readonly reason: string;
  readonly note?: string;
}

export const registerReject = (add: AddCommand): void => {
  const { command, run } = add('reject', 'reject masks with a reason; what was published of them is taken back');
  command
    .argument('<ids...>', 'asset ids')
    .requiredOption('--reason <reason>', rejectReasons.join(', '))
    .option('--note <text>', 'a sentence for whoever mends it')
    .option('--kind <kind>', 'products or keyframes, where an id is both')
    .option('--reviewer <name>', 'who rejects (default: MASKDESK_REVIEWER, else your user name)');
  run<Options>(async ({ output, openApp }, options, [ids]) => {
    if (!rejectReasons.includes(options.reason as RejectReason)) {
      throw new ExpectedError('usage', `--reason is one of ${rejectReasons.join(', ')}; not '${options.reason}'.`);
    }
    const kind = parseKind(options.kind);
    const app = await openApp({ background: false });
    const batchId = batchOf(ids as readonly string[]);
    let exitCode: number = exitCodes.ok;
    for (const id of ids as readonly string[]) {
      try {
        const asset = await assetWithId(app.services.store, id, kind);
        const rejection = { asset, expectedHead: asset.headRevisionId, reason: options.reason as RejectReason, note: options.note ?? null };
        const result = await app.services.review.reject(rejection, batchId);
        await reportVerdict(app, output, result, `Rejected ${id} (${options.reason})`);
      } catch (error) {
        exitCode = output.failure(error, { asset_id: id });
      }
    }
    sayBatch(output, batchId);
    return exitCode;
  });
};
