import type { ExportFormatId } from '../../../shared/domain/formatIds.ts';
import { completeOptions } from '../../../shared/domain/formatOptions.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import type { SetStore } from '../../../shared/ports/store/setStore.ts';
import type { SettledExport } from './exportKey.ts';
import type { ExportRequest } from './exportRequest.ts';

export interface SettleParts {
  readonly sets: Pick<SetStore, 'snapshot'>;
  readonly formats: Readonly<Record<ExportFormatId, ExportFormat>>;
  readonly licenceNote: string | null;
  readonly tool: string;
}

/** All of a request but what is exported and where to: can it be met? @throws ExpectedError format_unknown, invalid_input */
export const settleChoices = (request: Omit<ExportRequest, 'snapshotId' | 'target'>, { formats, licenceNote, tool }: Omit<SettleParts, 'sets'>): Omit<SettledExport, 'snapshot'> => {
  const format = Object.hasOwn(formats, request.format) ? formats[request.format] : undefined;
  if (format === undefined) throw new ExpectedError('format_unknown', `There is no format ${request.format}; there are: ${Object.keys(formats).join(', ')}.`);
  const { values: options, faults } = completeOptions(format.options, request.options);
  if (faults.length > 0) throw new ExpectedError('invalid_input', `${format.label}: ${faults.map(({ message }) => message).join(' ')}`);
  if (request.withPhotos && format.photos === 'never') throw new ExpectedError('invalid_input', `${format.label} has no place for photos: export without them.`);
  const { split, categories, names } = request;
  if (split !== null) {
    const shares = Object.values(split.shares);
    const sum = shares.reduce((total, share) => total + share, 0);
    if (shares.some((share) => !(share >= 0)) || Math.abs(sum - 1) > 1e-6) throw new ExpectedError('invalid_input', 'The shares of train, val and test are from 0 and sum to 1 (80/10/10, say).');
    if (!Number.isSafeInteger(split.seed)) throw new ExpectedError('invalid_input', 'The seed of a split is a whole number.');
  }
  if (categories.kind === 'one' && categories.name.trim() === '') throw new ExpectedError('invalid_input', 'The category needs a name.');
  return { format, options, withPhotos: format.photos === 'always' || request.withPhotos, split, categories, names, licenceNote, tool };
};

/** A request that can be met, with everything that was left open. @throws ExpectedError format_unknown, invalid_input, not_found */
export const settleExport = async (request: ExportRequest, { sets, ...parts }: SettleParts): Promise<SettledExport> => {
  const choices = settleChoices(request, parts);
  const snapshot = await sets.snapshot(request.snapshotId);
  if (snapshot === null) throw new ExpectedError('not_found', 'That snapshot is not in this store.');
  if (snapshot.entryCount === 0) throw new ExpectedError('invalid_input', `${snapshot.setName}@${snapshot.number} holds no masks: there is nothing to export.`);
  return { snapshot, ...choices };
};
