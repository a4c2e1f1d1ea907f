export { vocExport } from './export.ts';
export { vocImport } from './import.ts';
