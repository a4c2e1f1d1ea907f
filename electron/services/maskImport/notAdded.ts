import type { ImportPlan } from './planImport.ts';

export const noPhotoCame = 'No photo came along with it.';

/** Where photos were to be added and could not be: a sentence on why, and what helps; null: all were, or nobody asked for it. */
export const notAdded = ({ decisions, images }: ImportPlan): string | null => {
  if (decisions.unknown !== 'add') return null;
  const left = images.filter(({ skip, obstacle }) => skip === 'unknown' && obstacle !== null);
  const [first] = left;
  if (first === undefined) return null;
  const without = left.filter(({ obstacle }) => obstacle === noPhotoCame).length;
  if (without > 0) return `No photo came along for ${without === 1 ? '1 image' : `${without.toLocaleString('en')} images`}: bring the photos in first (maskdesk import), then again.`;
  return `${left.length === 1 ? '1 photo' : `${left.length.toLocaleString('en')} photos`} could not be added (first: ${first.record.file}). ${first.obstacle ?? ''}`;
};
