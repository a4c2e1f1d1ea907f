import { create } from 'zustand';
import type { AssetFilter } from '../../shared/domain/assetQuery.ts';
import type { CategoryChoice, FileNaming } from '../../shared/contracts/rpc/exports.ts';
import type { ExportFormatId } from '../../shared/domain/formatIds.ts';
import type { OptionValues } from '../../shared/domain/formatOptions.ts';
import type { SetId, SnapshotId } from '../../shared/domain/ids.ts';
import { approvedOnly } from './setFilter.ts';

/** approved, queue: the beginning of a new set · a saved set by its id. */
export type SetSource = 'approved' | 'queue' | SetId;
export const targetKinds = ['folder', 'zip', 's3'] as const;
export type TargetKind = (typeof targetKinds)[number];

export interface SplitForm {
  readonly isOn: boolean;
  /** Whole percents. */
  readonly train: number;
  readonly val: number;
  readonly test: number;
  readonly seed: number;
}

export interface ExportChoice {
  readonly source: SetSource;
  readonly setName: string;
  readonly filter: AssetFilter;
  /** A new number also where the newest one holds the same. */
  readonly freezesAnyway: boolean;
  /** Null: it is frozen when the export starts. */
  readonly snapshotId: SnapshotId | null;
  readonly format: ExportFormatId;
  /** By format: what was chosen there. */
  readonly options: Readonly<Partial<Record<ExportFormatId, OptionValues>>>;
  readonly withPhotos: boolean;
  readonly categoryKind: CategoryChoice['kind'];
  readonly categoryName: string;
  readonly names: FileNaming;
  readonly split: SplitForm;
  readonly targetKind: TargetKind;
  /** Chosen in the system's dialog; the location is for reading. */
  readonly folder: { readonly folderToken: string; readonly location: string } | null;
  /** Null: as it is proposed. */
  readonly targetName: string | null;
  readonly bucketUrl: string;
  readonly verify: boolean;
  readonly overwrite: boolean;
}

/** What the dialog stands at; kept while the session lasts, since the next export is often like the last one. */
export const useExportChoice = create<ExportChoice>(() => ({
  source: 'approved',
  setName: 'Approved',
  filter: approvedOnly,
  freezesAnyway: false,
  snapshotId: null,
  format: 'mask-png',
  options: {},
  withPhotos: false,
  categoryKind: 'one',
  categoryName: 'product',
  names: 'ids',
  split: { isOn: false, train: 80, val: 10, test: 10, seed: 1 },
  targetKind: 'folder',
  folder: null,
  targetName: null,
  bucketUrl: '',
  verify: true,
  overwrite: false,
}));

export const setExportChoice = (change: Partial<ExportChoice>): void => useExportChoice.setState(change);

export const setSplit = (change: Partial<SplitForm>): void => useExportChoice.setState(({ split }) => ({ split: { ...split, ...change } }));

export const setFormatOption = (format: ExportFormatId, values: OptionValues): void => useExportChoice.setState(({ options }) => ({ options: { ...options, [format]: { ...options[format], ...values } } }));
