import type { ImportOutcome, SkipReason } from '../../../shared/contracts/rpc/maskImports.ts';
import type { MaskImport, MaskImportPhase } from '../../stores/maskImport.ts';

export const counted = (count: number, one: string, many: string): string => `${count.toLocaleString()} ${count === 1 ? one : many}`;
export const masks = (count: number): string => counted(count, 'mask', 'masks');
export const images = (count: number): string => counted(count, 'image', 'images');

const phases: Readonly<Record<MaskImportPhase, string>> = {
  recognising: 'Finding out what it is',
  reading: 'Reading every mask',
  matching: 'Looking for the photos',
  masks: 'Storing masks',
  photos: 'Adding photos',
  saving: 'Saving',
};

/** "Reading every mask · 120 of 412" */
export const progressWords = ({ phase, done, total }: Pick<MaskImport, 'phase' | 'done' | 'total'>): string =>
  `${phases[phase]}${total === null || total === 0 ? '' : ` · ${done.toLocaleString()} of ${total.toLocaleString()}`}`;

export const skipWords: Readonly<Record<SkipReason, string>> = {
  unknown: 'not in this store',
  unclear: 'not clear which photo',
  otherSize: 'another size',
  several: 'several instances',
  empty: 'without a mask',
  shapeless: 'boxes alone',
  unused: 'nothing of it is to be added',
  workedOn: 'a person has worked on it',
};

/** What the decisions come to, in a line. */
export const outcomeWords = ({ masks: total, added, resized, beside, skipped }: ImportOutcome): string => {
  const left = skipped.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    added === 0 ? null : `${counted(added, 'photo is', 'photos are')} added`,
    resized === 0 ? null : `${masks(resized)} resized`,
    beside === 0 ? null : `${masks(beside)} beside a person’s work`,
    left === 0 ? null : `${images(left)} left out`,
  ].filter((part) => part !== null);
  if (total === 0) return parts.length === 0 ? 'Nothing of it would come in.' : `Nothing would come in: ${parts.join(', ')}.`;
  return parts.length === 0 ? 'They come in as versions to review. Nothing is written before you press this.' : `${parts.join(', ')}. Nothing is written before you press this.`;
};

export const headline = ({ state, source, result, isUndone }: MaskImport): string => {
  if (state === 'reading') return `Reading ${source.name}…`;
  if (state === 'writing') return `Importing ${source.name}…`;
  if (state === 'failed') return `${source.name} could not be imported`;
  if (state === 'cancelled') return `The import of ${source.name} was stopped`;
  if (isUndone) return `The import of ${source.name} is taken back`;
  return result === null || result.imported === 0 ? `Nothing in ${source.name} was new` : `${masks(result.imported)} of ${source.name} came in`;
};
