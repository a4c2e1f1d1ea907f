export { cocoExport } from './export.ts';
export { cocoImport } from './import.ts';
