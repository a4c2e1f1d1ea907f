export { labelStudioExport } from './export.ts';
export { labelStudioImport } from './import.ts';
