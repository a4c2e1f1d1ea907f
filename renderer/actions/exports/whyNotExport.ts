import { completeOptions } from '../../../shared/domain/formatOptions.ts';
import { exportTargetSchema, type ExportFormatInfo } from '../../../shared/contracts/rpc/exports.ts';
import type { SetMeasure } from '../../../shared/domain/maskSet.ts';
import type { ExportChoice } from '../../stores/exportChoice.ts';

export const longestSetName = 100;

/** What stands in the way of an export, a sentence; null: nothing. @param measure of the filter; null where a snapshot is exported, or it is not known yet */
export const whyNotExport = (choice: ExportChoice, format: ExportFormatInfo, measure: SetMeasure | null, targetName: string): string | null => {
  const { setName, snapshotId, split, categoryKind, categoryName, targetKind, bucketUrl, options } = choice;
  if (snapshotId === null && setName.trim() === '') return 'The set needs a name.';
  if (snapshotId === null && setName.trim().length > longestSetName) return `The name of the set has ${setName.trim().length} characters; at most ${longestSetName} are kept. Make it shorter.`;
  if (snapshotId === null && setName.includes('@')) return 'The name of a set can’t have an @ in it: that stands before the number of a snapshot.';
  if (snapshotId === null && measure === null) return 'The masks are being counted.';
  if (snapshotId === null && measure?.masks === 0) return 'There is no mask to export.';
  if (categoryKind === 'one' && categoryName.trim() === '') return 'The category needs a name.';
  if (split.isOn && split.train + split.val + split.test !== 100) return `The shares of the splits come to ${split.train + split.val + split.test} %, not to 100 %.`;
  const [fault] = completeOptions(format.options, options[format.id] ?? {}).faults;
  if (fault !== undefined) return fault.message;
  if (targetKind === 's3') return exportTargetSchema.safeParse({ kind: 's3', url: bucketUrl.trim() }).success ? null : 'A bucket is written s3://bucket/prefix.';
  return exportTargetSchema.safeParse({ kind: targetKind, folderToken: 'any', name: targetName.trim() }).success ? null : `A ${targetKind === 'zip' ? 'file' : 'folder'}’s name is one word or several, without / \\ : * ? " < > |.`;
};
