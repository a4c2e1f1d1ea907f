import type { ImportOutcome, SkipReason } from '../../../shared/contracts/rpc/maskImports.ts';
import type { ImportDecisions } from '../../../shared/domain/importDecisions.ts';
import type { MaskImport, MaskImportPhase } from '../../stores/maskImport.ts';
import { paceWords } from '../shared/paceWords.ts';
import { counted, masksWord } from '../shared/words.ts';

export const imagesWord = (count: number): string => counted(count, 'image');

const phases: Readonly<Record<MaskImportPhase, string>> = {
  recognising: 'Finding out what it is',
  reading: 'Reading every mask',
  matching: 'Looking for the photos',
  comparing: 'Comparing with the masks that are there',
  masks: 'Storing masks',
  photos: 'Adding photos',
  saving: 'Saving',
};

/** "Reading every mask · 120 of 412 · 80 a second · 4 s left" */
export const progressWords = (current: MaskImport): string => [phases[current.phase], ...paceWords(current)].join(' · ');

export const skipWords: Readonly<Record<SkipReason, string>> = {
  broken: 'broken',
  unknown: 'not in this store',
  unclear: 'not clear which photo',
  otherPhoto: 'another photo has the id',
  otherSize: 'another size',
  several: 'several instances',
  empty: 'without a mask',
  shapeless: 'boxes alone',
  unused: 'nothing of it is to be added',
  workedOn: 'a person has worked on it',
};

/** In the order in which they are on the card. */
const undecided = {
  broken: 'what is broken',
  unknown: 'images that are not in this store',
  unclear: 'images whose photo is not clear',
  otherPhoto: 'images whose id another photo has here',
  otherSize: 'masks of another size',
  several: 'images with several instances',
} as const satisfies Partial<Record<keyof ImportDecisions, string>>;

/** What the person has to say first, in a line. */
export const stopWords = (stops: ImportOutcome['stops']): string => {
  const things = (Object.keys(undecided) as (keyof typeof undecided)[]).filter((name) => stops.some(({ decision }) => decision === name)).map((name) => undecided[name]);
  const [last, ...before] = things.toReversed();
  if (last === undefined) return stops.map(({ sentence }) => sentence).join(' ');
  return `Say what is to become of ${before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`}.`;
};

/** What the decisions come to, in a line. */
export const outcomeWords = ({ decisions, masks: total, same, added, resized, beside, skipped }: ImportOutcome): string => {
  const left = skipped.reduce((sum, { count }) => sum + count, 0);
  const notAdded = decisions.unknown === 'add' ? (skipped.find(({ reason }) => reason === 'unknown')?.count ?? 0) : 0;
  const parts = [
    added === 0 ? null : `${counted(added, 'photo is', 'photos are')} added`,
    resized === 0 ? null : `${masksWord(resized)} resized`,
    beside === 0 ? null : `${masksWord(beside)} beside a person’s work`,
    same === 0 ? null : `${counted(same, 'mask is', 'masks are')} there already`,
    left === 0 ? null : `${imagesWord(left)} left out${notAdded === 0 ? '' : ` (${notAdded.toLocaleString()} without a photo that can be added)`}`,
  ].filter((part) => part !== null);
  if (total === 0) return parts.length === 0 ? 'Nothing of it would come in.' : `Nothing would come in: ${parts.join(', ')}.`;
  return parts.length === 0 ? 'They come in as versions to review. Nothing is written before you press this.' : `${parts.join(', ')}. Nothing is written before you press this.`;
};

export const headline = ({ state, source, result, undone }: MaskImport): string => {
  const name = `“${source.name}”`;
  if (state === 'reading') return `Reading ${name}…`;
  if (state === 'writing') return `Importing ${name}…`;
  if (state === 'decide') return `${name} is read`;
  if (state === 'failed') return `${name} could not be imported`;
  if (state === 'cancelled') return `The import of ${name} was stopped`;
  if (undone !== null) return `The import of ${name} is taken back`;
  return result === null || result.imported === 0 ? `Nothing in ${name} was new` : `${masksWord(result.imported)} of ${name} came in`;
};
