export { cvatExport } from './export.ts';
export { cvatImport } from './import.ts';
