import type { ExportFormatId, ImportFormatId } from '../../shared/domain/formatIds.ts';
import type { ExportFormat } from '../../shared/ports/exportFormat.ts';
import type { ImportFormat } from '../../shared/ports/importFormat.ts';
import { maskPngExport, maskPngImport } from './maskPng.ts';

/** In the order of the dialog. */
export const exportFormats = {
  'mask-png': maskPngExport,
} satisfies Record<ExportFormatId, ExportFormat>;

export const importFormats = {
  'mask-png': maskPngImport,
} satisfies Record<ImportFormatId, ImportFormat>;
