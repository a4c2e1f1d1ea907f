import type { ExportFormatInfo } from '../../shared/contracts/rpc/exports.ts';
import type { ImportFormatInfo } from '../../shared/contracts/rpc/maskImports.ts';
import { exportFormats, importFormats } from '../formats/index.ts';
import { exportFormatInfo } from '../services/export/exportFormatInfo.ts';
import { importFormatInfo } from '../services/maskImport/importFormatInfo.ts';

/** What there is to choose from, whatever the store: none is opened for it. */
export const exportFormatInfos = (): readonly ExportFormatInfo[] => Object.values(exportFormats).map(exportFormatInfo);
export const importFormatInfos = (): readonly ImportFormatInfo[] => Object.values(importFormats).map(importFormatInfo);
