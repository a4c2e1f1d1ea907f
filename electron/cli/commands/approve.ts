import { readFile } from 'node:fs/promises';
import type { App } from '../../app/createApp.ts';
import { fileError } from '../../base/fileError.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { encodeRle } from '../../../shared/mask/rleBinary.ts';
import { assetWithId, headSha256, parseKind } from '../assets.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes } from '../output.ts';
import { batchOf, reportApproved, reportVerdict, sayBatch } from '../verdicts.ts';

interface Options {
  readonly kind?: string;
  readonly mask?: string;
  readonly expect?: string;
}

const uploadMaskFile = async (app: App, asset: Asset, path: string): Promise<Sha256> => {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  const { maskSha256 } = await app.services.pixels.uploadMask(asset, encodeRle(await app.codec.decodeMask(bytes)));
  return maskSha256;
};

/** @throws ExpectedError stale_revision when the head is not the one that the caller saw */
const checkExpected = async (app: App, asset: Asset, expected: string | undefined): Promise<void> => {
  if (expected === undefined) return;
  const actual = await headSha256(app.services.store, asset.headRevisionId);
  if (actual === expected.toLowerCase()) return;
  throw new ExpectedError('stale_revision', `The mask of '${asset.id}' has changed since you saw it: it is ${actual ?? 'none'} now. Nothing was written.`);
};

export const registerApprove = (add: AddCommand): void => {
  const { command, run } = add('approve', 'approve masks: writes the PNG to its stable place, sets masked_local_path and sends the event');
  command
    .argument('<ids...>', 'asset ids')
    .option('--kind <kind>', 'products or keyframes, where an id is both')
    .option('--mask <file>', 'approve this corrected mask (a PNG of exactly the picture’s size) instead of the one in the store')
    .option('--expect <sha256>', 'approve only if the mask is still this one')
    .option('--reviewer <name>', 'who approves (default: MASKDESK_REVIEWER, else your user name)');
  run<Options>(async ({ output, openApp, pathFrom }, options, [ids]) => {
    const kind = parseKind(options.kind);
    const list = ids as readonly string[];
    if (list.length > 1 && (options.mask !== undefined || options.expect !== undefined)) {
      throw new ExpectedError('usage', '--mask and --expect are for one asset at a time.');
    }
    const app = await openApp({ background: false });
    const batchId = batchOf(list);
    let exitCode: number = exitCodes.ok;
    for (const id of list) {
      try {
        const asset = await assetWithId(app.services.store, id, kind);
        await checkExpected(app, asset, options.expect);
        if (asset.state === 'approved' && options.mask === undefined) {
          await reportApproved(app, output, asset);
          continue;
        }
        await app.services.review.assertNoDraft(asset);
        const maskSha256 = options.mask === undefined ? null : await uploadMaskFile(app, asset, pathFrom(options.mask));
        const result = await app.services.review.approve({ asset, expectedHead: asset.headRevisionId, maskSha256 }, batchId);
        await reportVerdict(app, output, result, `Approved ${id}`);
      } catch (error) {
        exitCode = output.failure(error, { asset_id: id });
      }
    }
    sayBatch(output, batchId);
    return exitCode;
  });
};
