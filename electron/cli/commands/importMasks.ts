import { counted } from '../../../shared/domain/counted.ts';
import { importFormatIds } from '../../../shared/domain/formatIds.ts';
import {
  brokenChoices,
  categoryUses,
  crowdChoices,
  emptyChoices,
  matchWays,
  otherPhotoChoices,
  otherSizeChoices,
  severalChoices,
  unclearChoices,
  unknownChoices,
  workedOnChoices,
  type CategoryUse,
  type SomeDecisions,
} from '../../../shared/domain/importDecisions.ts';
import { asId, type ImportId, type JobId } from '../../../shared/domain/ids.ts';
import { undoneWords } from '../../../shared/domain/importUndone.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ImportPreview } from '../../../shared/contracts/rpc/maskImports.ts';
import { importFormatInfos } from '../../app/formatInfos.ts';
import { countUndone } from '../../handlers/countUndone.ts';
import type { AddCommand } from '../addCommand.ts';
import type { CommandContext } from '../context.ts';
import { flagOf, previewTable, skippedText } from '../importPreview.ts';
import { exitCodes, type Output } from '../output.ts';
import { createThrottle } from '../throttledProgress.ts';

interface Options {
  readonly format: string;
  readonly preview?: boolean;
  readonly match?: string;
  readonly broken?: string;
  readonly unknown?: string;
  readonly unclear?: string;
  readonly otherPhoto?: string;
  readonly otherSize?: string;
  readonly category?: readonly string[];
  readonly several?: string;
  readonly crowd?: string;
  readonly empty?: string;
  readonly workedOn?: string;
  readonly kind?: string;
  readonly job?: string;
  readonly listFormats?: boolean;
}

const oneOf = <T extends string>(flag: string, value: string | undefined, choices: readonly T[]): T | undefined => {
  if (value === undefined || choices.includes(value as T)) return value as T | undefined;
  throw new ExpectedError('usage', `${flag} is one of ${choices.join(', ')}, not '${value}'.`);
};

/** `NAME=add`; a name may hold `=` itself. */
const categoriesOf = (given: readonly string[] | undefined): SomeDecisions['categories'] => {
  if (given === undefined) return undefined;
  const uses: [string, CategoryUse][] = given.map((text) => {
    const at = text.lastIndexOf('=');
    const use = oneOf('--category NAME=', at < 1 ? '' : text.slice(at + 1), categoryUses);
    return [text.slice(0, at), use ?? 'add'];
  });
  return Object.fromEntries(uses);
};

const decisionsOf = (options: Options): SomeDecisions => ({
  match: options.match?.split(',').map((way) => oneOf('--match', way.trim(), matchWays) ?? 'path'),
  broken: oneOf('--broken', options.broken, brokenChoices),
  unknown: oneOf('--unknown', options.unknown, unknownChoices),
  unclear: oneOf('--unclear', options.unclear, unclearChoices),
  otherPhoto: oneOf('--other-photo', options.otherPhoto, otherPhotoChoices),
  otherSize: oneOf('--other-size', options.otherSize, otherSizeChoices),
  categories: categoriesOf(options.category),
  several: oneOf('--several', options.several, severalChoices),
  crowd: oneOf('--crowd', options.crowd, crowdChoices),
  empty: oneOf('--empty', options.empty, emptyChoices),
  workedOn: oneOf('--worked-on', options.workedOn, workedOnChoices),
  addAs: oneOf('--kind', options.kind, ['products', 'keyframes'] as const),
  jobId: options.job === undefined ? undefined : asId<JobId>(options.job),
});

/** A misspelt category would be added in silence. */
const assertKnownCategories = ({ categories }: ImportPreview, { categories: said = {} }: SomeDecisions): void => {
  const unknown = Object.keys(said).find((name) => !categories.some((category) => category.name === name));
  if (unknown === undefined) return;
  throw new ExpectedError('usage', `There is no category '${unknown}' in it; there are: ${categories.map(({ name }) => name).join(', ')}.`);
};

/** What was left out as broken, each with its place. */
const brokenLines = ({ count, examples }: ImportPreview['broken']): readonly string[] =>
  count === 0 ? [] : [`Left out as broken: ${count.toLocaleString('en')}.`, ...examples.map(({ sentence }) => `  ${sentence}`), ...(count > examples.length ? [`  and ${(count - examples.length).toLocaleString('en')} more`] : [])];

const phaseWords = { recognising: 'Finding out what it is', reading: 'Reading', matching: 'Matching', comparing: 'Comparing', masks: 'Masks', photos: 'Photos', saving: 'Saving' } as const;

/** Progress on stderr, the export's way. */
const createProgress = (output: Output): ((step: { readonly phase: keyof typeof phaseWords; readonly done: number; readonly total: number | null }) => void) => {
  const isDue = createThrottle();
  return ({ phase, done, total }) => {
    if (total === 0 || !isDue(phase, done, total)) return;
    const howFar = total !== null ? ` ${done.toLocaleString('en')} of ${total.toLocaleString('en')}` : done > 0 ? ` ${done.toLocaleString('en')}` : '';
    output.progress(`${phaseWords[phase]}${howFar}`);
  };
};

const listFormats = (output: Output): void => {
  for (const { id, label, summary } of importFormatInfos()) output.answer({ format: id, label, summary }, `${id}  ${label}: ${summary}`);
};

const runImport = async ({ output, openApp, openToRead, pathFrom, signal }: CommandContext, options: Options, place: string | undefined): Promise<number | void> => {
  if (options.listFormats === true) return listFormats(output);
  if (place === undefined || place === '') throw new ExpectedError('usage', 'Name the masks to import: a folder, a zip, a document (JSON, XML) or s3://bucket/prefix.');
  const format = oneOf('--format', options.format, ['auto', ...importFormatIds] as const) ?? 'auto';
  const decisions = decisionsOf(options);
  const { services } = options.preview === true ? await openToRead() : await openApp({ background: false });
  const { maskImports } = services;
  const tell = createProgress(output);
  const source = place.startsWith('s3://') ? place : pathFrom(place);
  let preview: ImportPreview | null = null;
  let exitCode: number = exitCodes.ok;
  for await (const step of maskImports.inspect({ source, format: format, decisions }, signal)) {
    if (step.kind === 'preview') preview = step.preview;
    else tell(step);
  }
  if (preview === null) return exitCodes.interrupted;
  assertKnownCategories(preview, decisions);
  const { inspectionId, outcome, ...found } = preview;
  if (options.preview === true) {
    output.answer({ preview: { ...found, outcome: { ...outcome, stops: outcome.stops.map((stop) => ({ ...stop, option: flagOf(stop.decision) })) } } }, previewTable(preview));
    if (outcome.stops.length > 0) output.note(`To import it, say what to do: ${outcome.stops.map(({ decision }) => flagOf(decision)).join(', ')}.`);
    return outcome.stops.length > 0 ? exitCodes.failed : exitCodes.ok;
  }
  if (outcome.stops.length > 0) {
    output.note(previewTable(preview));
    const ways = outcome.stops.map(({ decision }) => flagOf(decision)).join(', ');
    // What is broken is the source's fault, as where nothing of it can be read.
    const code = outcome.stops.some(({ decision }) => decision === 'broken') ? 'annotations_invalid' : 'invalid_input';
    throw new ExpectedError(code, `${outcome.stops.map(({ sentence }) => sentence).join(' ')} Nothing was imported. Say what to do: ${ways}.`, { details: { stops: outcome.stops } });
  }
  for await (const step of maskImports.apply(inspectionId, decisions, signal)) {
    if (step.kind === 'progress') {
      tell(step);
      continue;
    }
    const { importId, imported, becameHead, added, same, skipped } = step;
    output.answer(
      { import_id: importId, format: preview.format, imported, became_head: becameHead, beside: imported - becameHead, photos_added: added, same, skipped: Object.fromEntries(skipped.map(({ reason, count }) => [reason, count])), broken: found.broken },
      [
        `${counted(imported, 'mask')} imported to review${imported > becameHead ? `, ${(imported - becameHead).toLocaleString('en')} of them beside a person's work (they wait: maskdesk queue --waiting)` : ''}${added > 0 ? `; ${counted(added, 'photo')} added` : ''}${same > 0 ? `; ${same.toLocaleString('en')} ${same === 1 ? 'was' : 'were'} there already` : ''}.`,
        ...(skipped.length > 0 ? [`Left out: ${skippedText(skipped)}.`] : []),
        ...brokenLines(found.broken),
        ...(importId === null ? [] : [`To take it back: maskdesk undo-import ${importId}`]),
      ].join('\n'),
    );
    const leftOut = skipped.find(({ reason }) => reason === 'unknown')?.count ?? 0;
    if (decisions.unknown === 'add' && leftOut > 0) {
      // Asked for and not done: a script must not take it for done.
      exitCode = exitCodes.failed;
      output.note(`Photos of ${leftOut.toLocaleString('en')} ${leftOut === 1 ? 'image' : 'images'} could not be added: ${found.unknown.examples.find(({ obstacle }) => obstacle !== null)?.obstacle ?? ''} Bring them in first (maskdesk import), then again.`);
    }
  }
  return exitCode;
};

export const registerImportMasks = (add: AddCommand): void => {
  const { command, run } = add('import-masks', 'bring masks of other tools in as versions to review; all or nothing');
  command
    .argument('[source]', 'a folder, a zip, a document (JSON, XML) or s3://bucket/prefix')
    .option('--format <format>', `auto, or one of ${importFormatIds.join(', ')}`, 'auto')
    .option('--preview', 'only look: what is in it, what matches, what is there already, what would be imported, what must be decided and how; ends with 1 while something must be decided (a store that may only be read will do)')
    .option('--match <ways>', 'how images find their photos, tried in order; ending: back.jpg is shoe_back where that is the only one', matchWays.join(','))
    .option('--broken <what>', 'annotations, images and files that can\'t be read beside others that can: skip (told with file, line and column), stop (default); a document that is cut off or no JSON or XML at all is always an error')
    .option('--unknown <what>', 'images that belong to no photo here: skip, add (the photo that came along), stop (default)')
    .option('--unclear <what>', 'images that could belong to several: skip, stop (default)')
    .option('--other-photo <what>', 'of own exports: images whose id another photo has here (told by its contents, where photos came along): skip, use (it is the same one after all), stop (default)')
    .option('--other-size <what>', 'masks that are not as large as their photo: skip, resize, stop (default)')
    .option('--category <name=use>', 'add (default), subtract or ignore; may be given several times', (value: string, before: string[] | undefined) => [...(before ?? []), value])
    .option('--several <what>', 'images with several instances: join (default), largest, stop')
    .option('--crowd <what>', 'crowd regions: ignore (default), use')
    .option('--empty <what>', 'images without annotations: skip (default; of own exports: use), use (as an empty mask)')
    .option('--worked-on <what>', "photos that a person has worked on: beside (default: the mask waits beside theirs), skip")
    .option('--kind <kind>', 'what added photos are: products or keyframes (default: what an own export says, else products)')
    .option('--job <id>', 'the job that added photos go to (default: what an own export says, else one named after the source)')
    .option('--list-formats', 'list the formats (needs no store)');
  run<Options>((context, options, [source]) => runImport(context, options, typeof source === 'string' ? source : undefined));
};

export const registerUndoImport = (add: AddCommand): void => {
  const { command, run } = add('undo-import', 'take an import of masks back, with the photos it added, where nobody has gone on from it; what waits of it waits no longer. Stopped half-way, the same again takes back the rest');
  command.argument('<id>', 'the import, as import-masks told it; maskdesk imports lists them');
  run(async ({ output, openApp, signal }, _options, [id]) => {
    const { services } = await openApp({ background: false });
    const undone = countUndone(await services.maskImports.undo(asId<ImportId>(String(id)), signal));
    const { restored, withdrawn, covered, kept, photosRemoved, photosKept } = undone;
    output.answer(
      { import_id: String(id), restored, withdrawn, covered, kept, photos_removed: photosRemoved, photos_kept: Object.fromEntries(photosKept.map(({ reason, count }) => [reason, count])) },
      undoneWords(undone),
    );
  });
};
