import type { ExportFormatInfo, ExportProgress } from '../../../shared/contracts/rpc/exports.ts';
import type { Snapshot } from '../../../shared/domain/maskSet.ts';
import { emptySplitWords } from '../../../shared/domain/emptySplits.ts';
import { ExpectedError, isCancelled, isExpected } from '../../../shared/errors/errors.ts';
import type { App } from '../../app/createApp.ts';
import { exportFormatInfos } from '../../app/formatInfos.ts';
import type { AddCommand } from '../addCommand.ts';
import { parseCategories, parseFormat, parseNames, parseOptions, parseSplit, parseTarget, splitWords } from '../exportOptions.ts';
import { exitCodes, type Output } from '../output.ts';
import { megabytes } from '../text.ts';
import { createThrottle } from '../throttledProgress.ts';
import { sameWords } from './sets.ts';

interface Options {
  readonly set?: string;
  readonly format?: string;
  readonly out?: string;
  readonly freeze?: boolean;
  readonly split?: string;
  readonly seed?: string;
  readonly photos?: boolean;
  readonly category?: string;
  readonly byProduct?: boolean;
  readonly names?: string;
  readonly option: readonly string[];
  readonly verify: boolean;
  readonly overwrite?: boolean;
  readonly restart?: boolean;
  readonly listFormats?: boolean;
}

type ExportRequest = Parameters<App['services']['exports']['run']>[0];

const optionText = (option: ExportFormatInfo['options'][number]): string => {
  const values = option.kind === 'choice' ? option.choices.map(({ value }) => value).join(' | ') : option.kind === 'switch' ? 'true | false' : `${option.min} .. ${option.max}${option.unit === '' ? '' : ` ${option.unit}`}`;
  return `    --option ${option.name}=${values}  (${String(option.initial)}) ${option.when === undefined ? '' : `With ${option.when.name}=${String(option.when.value)}. `}${option.note}`;
};

const photosText: Readonly<Record<ExportFormatInfo['photos'], string>> = {
  always: 'photos: always come along',
  optional: 'photos: with --photos',
  never: 'photos: none',
};

const listFormats = (formats: readonly ExportFormatInfo[], output: Output): void => {
  for (const { id, label, summary, limits, photos, hasCategories, options, readBack } of formats) {
    const lines = [`${id}  ${label}: ${summary}`, `    ${photosText[photos]}`, ...limits.map((limit) => `    not carried: ${limit}`), ...options.map(optionText)];
    if (readBack === null) lines.push('    can’t be read back, so it is not verified');
    output.answer({ format: id, label, summary, limits, photos, hasCategories, options, verifiable: readBack !== null }, lines.join('\n'));
  }
};

/** After everything was looked at that can be without it: a refusal leaves no snapshot that nobody wants. */
const frozen = async ({ sets, exports }: App['services'], name: string, request: Omit<ExportRequest, 'snapshotId'>, signal: AbortSignal): Promise<Snapshot> => {
  if (/@\d+$/.test(name)) throw new ExpectedError('usage', `--freeze makes a new snapshot of a set: name it without its number, not '${name}'.`);
  const { setId } = await sets.byName(name);
  await exports.check(request, setId);
  return sets.freeze(setId, signal);
};

/** The option that allows what was refused. */
const withOption = (error: unknown): unknown => {
  if (!isExpected(error, 'target_exists')) return error;
  const { allowedBy } = error.details;
  return typeof allowedBy === 'string' ? new ExpectedError(error.code, `${error.message.replace(/\.$/, '')} (--${allowedBy}).`, { cause: error.cause }) : error;
};

const percent = (iou: number): string => `${(100 * iou).toFixed(3)} %`;

const told = (step: ExportProgress, output: Output): void => {
  switch (step.kind) {
    case 'started': {
      const { total, resumedAt, splits, empty } = step;
      const lines = [...(resumedAt === 0 ? [] : [`Going on after ${resumedAt} of ${total} masks`]), ...(splits.length === 0 ? [] : [splits.map(({ name, masks }) => `${name} ${masks}`).join(', ')])];
      output.answer({ step: 'started', total, resumed_at: resumedAt, splits: Object.fromEntries(splits.map(({ name, masks }) => [name, masks])), empty, advice: step.advice }, lines.join('\n'));
      if (empty > 0) output.note(`${empty} of the masks ${empty === 1 ? 'is' : 'are'} empty: nothing is marked on ${empty === 1 ? 'that picture' : 'those pictures'} (area 0 in the manifest).`);
      for (const sentence of step.advice) output.note(sentence);
      const emptyWords = emptySplitWords(splits);
      if (emptyWords !== null) output.note(emptyWords);
      break;
    }
    case 'progress':
      break;
    case 'loss':
      output.answer({ step: 'loss', asset_kind: step.asset.kind, asset_id: step.asset.id, losses: step.sentences, iou: step.iou }, `  ${step.asset.id}: ${step.sentences.join(' ')}${step.iou === null ? '' : ` (IoU ${percent(step.iou)})`}`);
      break;
    case 'finished': {
      const { location, report, files, bytes, masks, lossy, verified, leastIou } = step;
      output.answer(
        { step: 'finished', location, report, files, bytes, masks, lossy, verified, least_iou: leastIou },
        [
          `${masks} masks in ${location}: ${files} files, ${megabytes(bytes)}${report === null ? '' : `, and the report ${report}`}`,
          verified ? `read back and compared: ${lossy === 0 ? 'every mask is as it was' : `${lossy} masks with losses, IoU at least ${percent(leastIou ?? 1)}; listed in the report`}` : `not read back${lossy === 0 ? '' : `; ${lossy} masks with losses, listed in the report`}`,
        ].join('\n'),
      );
    }
  }
};

/** Progress on stderr; with --json also as lines, once a second. */
const createProgress = (output: Output): ((step: ExportProgress) => void) => {
  const isDue = createThrottle();
  return (step) => {
    if (step.kind !== 'progress') return told(step, output);
    const { phase, done, total, bytes } = step;
    if (!isDue(phase, done, total)) return;
    output.progress(`${phase === 'writing' ? 'Writing' : 'Verifying'} ${done} of ${total}  ${megabytes(bytes)}`);
    if (output.json) output.answer({ step: 'progress', phase, done, total, bytes }, '');
  };
};

export const registerExport = (add: AddCommand): void => {
  const { command, run } = add('export', 'write the masks of a set for training or for another tool; an interrupted one goes on when the same command is run again');
  command
    .option('--set <name>', 'the set: NAME is its newest snapshot, NAME@3 its third')
    .option('--format <id>', 'see --list-formats')
    .option('--out <place>', 'a folder, a file that ends in .zip, or s3://bucket/prefix')
    .option('--freeze', 'make a new snapshot of the set first; says when the one before it holds the same (--json: same_as)')
    .option('--split <shares>', 'train/val/test by product, such as 80/10/10')
    .option('--seed <number>', 'of the split (default: 1)')
    .option('--photos', 'take the photos along')
    .option('--category <name>', 'the category of all masks (default: product)')
    .option('--by-product', 'a category a product')
    .option('--names <how>', 'of files: ids (default), or original: as the photos are called, with their folders where two have one name; other letters than ASCII become %XX')
    .option('--option <name=value>', 'of the format; may be given more than once', (text: string, all: string[]) => [...all, text], [])
    .option('--no-verify', 'do not read it back')
    .option('--overwrite', 'replace a finished export that stands there, when this one is finished')
    .option('--restart', 'throw away what an interrupted export left there')
    .option('--list-formats', 'list the formats: photos, what is not carried, options (needs no store)');
  run<Options>(async ({ output, openApp, openToRead, pathFrom, signal }, options) => {
    if (options.listFormats === true) return listFormats(exportFormatInfos(), output);
    if (options.set === undefined || options.set.trim() === '') throw new ExpectedError('usage', "--set names the set to export ('maskdesk sets list' shows them).");
    const format = parseFormat(options.format);
    const target = parseTarget(options.out, pathFrom);
    const split = parseSplit(options.split, options.seed);
    const categories = parseCategories(options.category, options.byProduct === true);
    const names = parseNames(options.names);
    const chosen = exportFormatInfos().find(({ id }) => id === format);
    const formatOptions = parseOptions(options.option, chosen?.options ?? []);
    const { services } = options.freeze === true ? await openApp({ background: false }) : await openToRead('Its audit trail will not tell of this export.');
    const choices = { format, options: formatOptions, withPhotos: options.photos === true, split, categories, names, target, verify: options.verify, overwrite: options.overwrite === true, restart: options.restart === true };
    const chosenSet = options.set;
    const snapshot = await (options.freeze === true ? frozen(services, chosenSet, choices, signal) : services.sets.resolve(chosenSet)).catch((error: unknown) => Promise.reject(withOption(error) as Error));
    const same = options.freeze === true ? await services.sets.sameBefore(snapshot) : null;
    const sameAs = options.freeze === true ? { same_as: same?.number ?? null } : {};
    output.answer({ step: 'snapshot', set: snapshot.setName, number: snapshot.number, digest: snapshot.digest, masks: snapshot.entryCount, ...sameAs }, `${snapshot.setName}@${snapshot.number}: ${snapshot.entryCount} masks`);
    if (same !== null) output.note(`${sameWords(same)} Without --freeze the newest number is exported.`);
    const shares = splitWords(options.split, split);
    if (shares !== null) output.note(shares);
    if (chosen?.photos === 'always' && options.photos !== true) output.note(`The photos come along: ${chosen.label} is nothing without them.`);
    const request: ExportRequest = { snapshotId: snapshot.snapshotId, ...choices };
    const tell = createProgress(output);
    let isBegun = false;
    try {
      for await (const step of services.exports.run(request, signal)) {
        isBegun ||= step.kind === 'started';
        tell(step);
      }
    } catch (error) {
      if (isCancelled(error) && isBegun) {
        const again = options.freeze === true ? `with --set ${snapshot.setName}@${snapshot.number} and without --freeze` : 'again';
        output.answer({ step: 'stopped', resumable: true, set: snapshot.setName, number: snapshot.number }, '');
        output.note(`Stopped. What is written is kept: run the same command ${again} to go on, or with --restart to begin anew.`);
        return exitCodes.interrupted;
      }
      throw withOption(error);
    }
    return exitCodes.ok;
  });
};
