import type { SplitName } from '../../shared/domain/maskSet.ts';

/** The path of a file in the folder of its split, where the set is split. */
export const withSplit = (split: SplitName | null, path: string): string => (split === null ? path : `${split}/${path}`);
