import { assetStates } from '../../../shared/domain/asset.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { assetSorts, type AssetSort } from '../../../shared/domain/assetQuery.ts';
import { assetLine, assetRecord, parseKind } from '../assets.ts';
import type { AddCommand } from '../addCommand.ts';
import { parseStates } from '../states.ts';

interface Options {
  readonly state?: string;
  readonly kind?: string;
  readonly sort: string;
  readonly text?: string;
  readonly waiting?: boolean;
  readonly limit?: string;
}

const pageSize = 500;

const parseLimit = (text: string | undefined): number => {
  if (text === undefined) return Infinity;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new ExpectedError('usage', `--limit is a whole number from 1, not '${text}'.`);
  return limit;
};

export const registerQueue = (add: AddCommand): void => {
  const { command, run } = add('queue', 'list assets with their state');
  command
    .option('--state <states>', `one or more of ${assetStates.join(', ')}, with commas`)
    .option('--kind <kind>', 'products or keyframes')
    .option('--sort <order>', assetSorts.join(', '), 'worst')
    .option('--text <part>', 'part of the id or title')
    .option('--waiting', "only where a mask of an import waits beside a person's work, to be taken or left")
    .option('--limit <n>', 'how many at most (default: all)');
  run<Options>(async ({ output, openToRead, signal }, options) => {
    if (!assetSorts.includes(options.sort as AssetSort)) throw new ExpectedError('usage', `--sort is one of ${assetSorts.join(', ')}.`);
    const states = parseStates(options.state);
    const kind = parseKind(options.kind);
    let left = parseLimit(options.limit);
    const { services } = await openToRead();
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof services.store.assets.list>> = await services.store.assets.list({
        filter: {
          ...(states === undefined ? {} : { states }),
          ...(kind === undefined ? {} : { kind }),
          ...(options.text === undefined ? {} : { text: options.text }),
          ...(options.waiting === true ? { importWaits: true } : {}),
        },
        sort: options.sort as AssetSort,
        limit: Math.min(pageSize, left),
        cursor,
      });
      for (const asset of page.assets) output.answer(await assetRecord(services.store, asset), assetLine(asset));
      left -= page.assets.length;
      cursor = page.nextCursor;
    } while (cursor !== null && left > 0 && !signal.aborted);
  });
};
