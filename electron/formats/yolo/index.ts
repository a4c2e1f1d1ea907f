export { yoloExport } from './export.ts';
export { yoloImport } from './import.ts';
