export { labelmeExport } from './export.ts';
export { labelmeImport } from './import.ts';
