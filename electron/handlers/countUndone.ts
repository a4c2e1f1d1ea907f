import { keptReasons, type UndoneImport } from '../../shared/domain/importUndone.ts';
import type { UndoneMasks } from '../services/maskImport/maskImportService.ts';

/** In numbers, as it is told. */
export const countUndone = ({ restored, withdrawn, covered, kept, photosRemoved, photosKept }: UndoneMasks): UndoneImport => ({
  restored: restored.length,
  withdrawn: withdrawn.length,
  covered,
  kept,
  photosRemoved: photosRemoved.length,
  photosKept: keptReasons.flatMap((reason) => {
    const count = photosKept.filter((one) => one.reason === reason).length;
    return count === 0 ? [] : [{ reason, count }];
  }),
});
