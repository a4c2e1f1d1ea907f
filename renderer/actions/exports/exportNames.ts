import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import type { ExportFormatId } from '../../../shared/domain/formatIds.ts';
import { rejectReasonLabels } from '../../../shared/domain/verdict.ts';
import { checkLabels } from '../../../shared/domain/check.ts';
import { dayBefore, dayOf, historyLabels, statesOf, type MaskState } from '../../stores/setFilter.ts';

export const maskStateLabels: Readonly<Record<MaskState, string>> = { approved: 'Approved', to_review: 'To review', rejected: 'Rejected' };

/** What a filter asks for, a few words a part; @param nameOf how people call a product or a video */
export const filterWords = (filter: AssetFilter, nameOf: (of: 'productId' | 'videoId' | 'modelId', value: string) => string): readonly string[] => {
  const { kind, productId, videoId, reviewer, modelId, history, decidedFromMs, decidedBeforeMs, check, rejectReason, jobId, hasDraft, importWaits, text } = filter;
  const parts = [
    statesOf(filter).length === 3 ? 'Every mask' : statesOf(filter).map((state) => maskStateLabels[state]).join(' or '),
    kind === undefined ? null : kind === 'keyframe' ? 'keyframes' : 'product images',
    productId === undefined ? null : nameOf('productId', productId),
    videoId === undefined ? null : nameOf('videoId', videoId),
    reviewer === undefined ? null : `by ${reviewer}`,
    modelId === undefined ? null : nameOf('modelId', modelId),
    history === undefined ? null : historyLabels[history].toLowerCase(),
    decidedFromMs === undefined ? null : `from ${dayOf(decidedFromMs)}`,
    decidedBeforeMs === undefined ? null : `to ${dayBefore(decidedBeforeMs)}`,
    check === undefined ? null : checkLabels[check].toLowerCase(),
    rejectReason === undefined ? null : rejectReasonLabels[rejectReason].toLowerCase(),
    jobId === undefined ? null : `job ${jobId}`,
    hasDraft === true ? 'with a draft' : null,
    importWaits === true ? 'with an import waiting' : null,
    text === undefined ? null : `“${text}”`,
  ];
  return parts.filter((part) => part !== null);
};

/** Longer names are hard to tell apart, and some systems refuse them. */
const longestPart = 60;

/** Letters and digits of any script, everything else a hyphen. */
const slugOf = (name: string): string => {
  const slug = name
    .normalize('NFC')
    .toLocaleLowerCase('en')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  // By characters: half of one is no name.
  return [...slug].slice(0, longestPart).join('').replaceAll(/^-|-$/g, '');
};

/** "approved-4-coco": a file or folder of its own for each number and format. */
export const proposedName = (setName: string, number: number, format: ExportFormatId): string => [slugOf(setName), number, format].filter((part) => part !== '').join('-');
