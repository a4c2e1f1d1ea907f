import { assetLine, assetWithId, parseKind } from '../assets.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes } from '../output.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

interface Options {
  readonly kind?: string;
}

export const registerCheck = (add: AddCommand): void => {
  const { command, run } = add('check', 'look at masks and say what is unusual about them');
  command.argument('<ids...>', 'asset ids').option('--kind <kind>', 'products or keyframes, where an id is both');
  run<Options>(async ({ output, openApp, signal }, options, [ids]) => {
    const kind = parseKind(options.kind);
    const { services } = await openApp({ background: false });
    let exitCode: number = exitCodes.ok;
    for (const id of ids as readonly string[]) {
      try {
        const asset = await assetWithId(services.store, id, kind);
        if (asset.headRevisionId === null) throw new ExpectedError('no_mask', `${id} has no mask yet.`);
        await services.checks.complete([asset], signal);
        const checks = await services.checks.of(asset.headRevisionId);
        const results = checks?.results ?? [];
        const found = results.filter(({ level }) => level !== 'fine').map(({ sentence }) => `  ${sentence}`);
        const checked = await assetWithId(services.store, id, asset.kind);
        output.answer(
          { asset_id: id, kind: asset.kind, suspicion: checks?.suspicion, checks: results },
          [assetLine(checked), ...(found.length === 0 ? ['  Nothing unusual.'] : found)].join('\n'),
        );
      } catch (error) {
        exitCode = output.failure(error, { asset_id: id });
      }
    }
    return exitCode;
  });
};
