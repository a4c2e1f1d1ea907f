import type { CategoryChoice, FileNaming } from '../../../shared/contracts/rpc/exports.ts';
import type { OptionValues } from '../../../shared/domain/formatOptions.ts';
import type { Snapshot, SplitChoice } from '../../../shared/domain/maskSet.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import { sha256Hex } from '../../base/hash.ts';

/** All that the bytes of an export depend on. */
export interface SettledExport {
  readonly snapshot: Snapshot;
  readonly format: ExportFormat;
  readonly options: OptionValues;
  readonly withPhotos: boolean;
  readonly split: SplitChoice | null;
  readonly categories: CategoryChoice;
  readonly names: FileNaming;
  readonly licenceNote: string | null;
  /** "Maskdesk 0.1.0" */
  readonly tool: string;
}

/** Two exports with the same key have the same bytes, so one can go on with what the other left. */
export const exportKey = ({ snapshot, format, options, withPhotos, split, categories, names, licenceNote, tool }: SettledExport): string =>
  sha256Hex(
    JSON.stringify([
      snapshot.snapshotId,
      snapshot.digest,
      snapshot.setName,
      snapshot.number,
      format.id,
      format.options.map(({ name }) => [name, options[name]]),
      withPhotos,
      split === null ? null : [split.shares.train, split.shares.val, split.shares.test, split.seed],
      categories.kind === 'one' ? ['one', categories.name] : ['product'],
      names,
      licenceNote,
      tool,
    ]),
  );

/** For people: which export that is. */
export const exportWords = ({ snapshot, format }: SettledExport): string => `${snapshot.setName}@${snapshot.number} as ${format.label}`;
