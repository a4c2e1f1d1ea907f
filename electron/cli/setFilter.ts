import type { Command } from 'commander';
import { assetStates } from '../../shared/domain/asset.ts';
import { verdictHistories, type AssetFilter, type VerdictHistory } from '../../shared/domain/assetQuery.ts';
import { rejectReasons, type RejectReason } from '../../shared/domain/verdict.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { parseKind } from './assets.ts';
import { momentOf } from './moment.ts';
import { parseStates } from './states.ts';

/** What a set is narrowed to, as options of a command. */
export interface SetFilterOptions {
  readonly state?: string;
  readonly kind?: string;
  readonly job?: string;
  readonly product?: string;
  readonly video?: string;
  readonly model?: string;
  readonly reviewer?: string;
  readonly reason?: string;
  readonly from?: string;
  readonly to?: string;
  readonly history?: string;
  readonly text?: string;
}

export const addSetFilter = (command: Command): Command =>
  command
    .option('--state <states>', `one or more of ${assetStates.join(', ')}, with commas (default: approved)`)
    .option('--kind <kind>', 'products or keyframes')
    .option('--job <id>', 'of this job')
    .option('--product <id>', 'images of this product')
    .option('--video <id>', 'keyframes of this video')
    .option('--model <id>', 'masks that this model made')
    .option('--reviewer <name>', 'whose verdict stands')
    .option('--reason <reason>', `rejected for this: ${rejectReasons.join(', ')}`)
    .option('--from <moment>', 'the verdict that stands was given on this day or moment or later (ISO 8601, UTC)')
    .option('--to <moment>', 'and before this day or moment')
    .option('--history <history>', verdictHistories.join(', '))
    .option('--text <part>', 'part of the id or title');

const oneOf = <Value extends string>(option: string, values: readonly Value[], text: string | undefined): Value | undefined => {
  if (text !== undefined && !values.includes(text as Value)) throw new ExpectedError('usage', `${option} is one of ${values.join(', ')}; not '${text}'.`);
  return text as Value | undefined;
};

const isGiven = (entry: readonly [string, unknown]): boolean => entry[1] !== undefined && entry[1] !== null;

/** @throws ExpectedError usage */
export const setFilterFrom = (options: SetFilterOptions): AssetFilter => {
  for (const [name, value] of Object.entries(options)) {
    // An unset variable in a script would make a set of everything.
    if (value === '') throw new ExpectedError('usage', `--${name} needs a value.`);
  }
  const [decidedFromMs, decidedBeforeMs] = [momentOf('--from', options.from), momentOf('--to', options.to)];
  if (decidedFromMs !== null && decidedBeforeMs !== null && decidedFromMs >= decidedBeforeMs) throw new ExpectedError('usage', '--from lies before --to.');
  const given = {
    states: parseStates(options.state),
    kind: parseKind(options.kind),
    jobId: options.job,
    productId: options.product,
    videoId: options.video,
    modelId: options.model,
    reviewer: options.reviewer,
    rejectReason: oneOf<RejectReason>('--reason', rejectReasons, options.reason),
    decidedFromMs,
    decidedBeforeMs,
    history: oneOf<VerdictHistory>('--history', verdictHistories, options.history),
    text: options.text,
  };
  return Object.fromEntries(Object.entries(given).filter(isGiven));
};

const namesOf: Readonly<Record<keyof AssetFilter, string>> = {
  states: 'state',
  kind: 'kind',
  jobId: 'job',
  productId: 'product',
  videoId: 'video',
  modelId: 'model',
  check: 'check',
  reviewer: 'reviewer',
  rejectReason: 'reason',
  decidedFromMs: 'from',
  decidedBeforeMs: 'to',
  history: 'history',
  hasDraft: 'draft',
  importWaits: 'waiting',
  text: 'text',
};

/** As the options have it: {state: ["approved"], product: "p1", from: "2026-11-01T00:00:00.000Z"}. */
export const filterRecord = (filter: AssetFilter): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [namesOf[name as keyof AssetFilter], typeof value === 'number' ? new Date(value).toISOString() : value]),
  );

/** One line for people. */
export const filterText = (filter: AssetFilter): string =>
  Object.entries(filterRecord(filter))
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(' · ');
