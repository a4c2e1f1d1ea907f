import type { ImportId } from './ids.ts';

/** What has become of the masks that came in together; a mask is in one of them. */
export interface ImportStanding {
  /** Current, and nobody has judged them. */
  readonly toReview: number;
  readonly approved: number;
  readonly rejected: number;
  /** Came in beside a person's work, and nobody has taken or left them. */
  readonly waiting: number;
  /** Came in beside a person's work, and somebody decided against them. */
  readonly left: number;
  /** Not current any more: somebody went on from them, or another mask took their place. */
  readonly replaced: number;
  /** With their import, some with their photos. */
  readonly takenBack: number;
}

/** Masks of another tool that came in together. */
export interface MaskImport {
  readonly importId: ImportId;
  readonly atMs: number;
  /** The reviewer who imported. */
  readonly by: string;
  /** Name of the folder, the file or the zip; never a path. */
  readonly source: string;
  /** An ImportFormatId. */
  readonly format: string;
  readonly masks: number;
  readonly standing: ImportStanding;
  /** When it was taken back; null: it was not. Masks that people had gone on from by then stand all the same. */
  readonly undoneAtMs: number | null;
  readonly undoneBy: string | null;
}

/** "3 to review, 1 waits beside a person's work, 2 not current any more"; "all taken back". */
export const standingWords = ({ toReview, approved, rejected, waiting, left, replaced, takenBack }: ImportStanding): string => {
  const others: readonly (readonly [number, string])[] = [
    [toReview, 'to review'],
    [approved, 'approved'],
    [rejected, 'rejected'],
    [waiting, `${waiting === 1 ? 'waits' : 'wait'} beside a person’s work`],
    [left, 'left'],
    [replaced, 'not current any more'],
  ];
  const said = others.flatMap(([count, words]) => (count === 0 ? [] : [`${count.toLocaleString('en')} ${words}`]));
  if (said.length === 0) return 'all taken back';
  return [...said, ...(takenBack === 0 ? [] : [`${takenBack.toLocaleString('en')} taken back`])].join(', ');
};
