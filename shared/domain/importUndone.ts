import { counted } from './counted.ts';

/**
 * Why an added photo is not taken back: person: edited, judged, drafted or open in somebody's hands · otherMasks: made of it since (a model's, another import's) ·
 * comment · set: frozen in a set · pipeline: matched, masked or processed by other programs.
 */
export const keptReasons = ['person', 'otherMasks', 'comment', 'set', 'pipeline'] as const;
export type KeptReason = (typeof keptReasons)[number];

const keptWords: Readonly<Record<KeptReason, string>> = {
  person: 'somebody has judged, edited or opened them',
  otherMasks: 'other masks were made of them',
  comment: 'somebody has commented on them',
  set: 'they are in a snapshot of a set',
  pipeline: 'other programs use them',
};

const photos = (count: number): string => counted(count, 'photo has', 'photos have');
const masks = (count: number): string => counted(count, 'mask');

/** What taking an import back came to, in photos. */
export interface UndoneImport {
  /** They have again what they had before. */
  readonly restored: number;
  /** Masks that waited beside a person's work wait no longer. */
  readonly withdrawn: number;
  /** Masks that lie under those of later imports or re-runs: taking those back does not bring them up again. */
  readonly covered: number;
  /** They stay with a mask of the import, since somebody has taken them in hand. */
  readonly kept: number;
  /** Photos that the import had added: gone with their masks. */
  readonly photosRemoved: number;
  /** Of those: that stay, and why. */
  readonly photosKept: readonly { readonly reason: KeptReason; readonly count: number }[];
}

/** What taking an import back came to, a sentence a part; counts of photos. */
export const undoneWords = ({ restored, withdrawn, covered, kept, photosRemoved, photosKept }: UndoneImport): string =>
  [
    restored === 0 ? null : `${photos(restored)} again what was there before the import.`,
    withdrawn === 0 ? null : `${masks(withdrawn)} no longer ${withdrawn === 1 ? 'waits' : 'wait'} beside people's work.`,
    covered === 0 ? null : `${masks(covered)} ${covered === 1 ? 'lies' : 'lie'} under those of a later import or re-run, which stay: taking that back does not bring ${covered === 1 ? 'it' : 'them'} up again.`,
    photosRemoved === 0 ? null : `${counted(photosRemoved, 'photo that it had added is', 'photos that it had added are')} gone.`,
    ...photosKept.map(({ reason, count }) => `${counted(count, 'photo that it had added stays', 'photos that it had added stay')}: ${keptWords[reason]}.`),
    kept === 0 ? null : `${masks(kept)} ${kept === 1 ? 'stays' : 'stay'}, since people have gone on from ${kept === 1 ? 'it' : 'them'}.`,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
