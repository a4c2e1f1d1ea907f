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
  /** Not current any more: somebody went on from them, another mask took their place, or they were taken back. */
  readonly replaced: number;
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

/** "3 to review, 1 waits beside a person's work, 2 replaced since". */
export const standingWords = ({ toReview, approved, rejected, waiting, left, replaced }: ImportStanding): string => {
  const parts: readonly (readonly [number, string])[] = [
    [toReview, 'to review'],
    [approved, 'approved'],
    [rejected, 'rejected'],
    [waiting, `${waiting === 1 ? 'waits' : 'wait'} beside a person’s work`],
    [left, 'left'],
    [replaced, 'not current any more'],
  ];
  const said = parts.flatMap(([count, words]) => (count === 0 ? [] : [`${count.toLocaleString('en')} ${words}`]));
  return said.length === 0 ? 'gone with the photos that came along' : said.join(', ');
};
