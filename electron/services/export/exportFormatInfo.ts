import type { ExportFormatInfo } from '../../../shared/contracts/rpc/exports.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';

/** What people are told of a format. */
export const exportFormatInfo = ({ id, label, summary, limits, photos, hasCategories, options, readBack }: ExportFormat): ExportFormatInfo => ({ id, label, summary, limits, photos, hasCategories, options, readBack });
