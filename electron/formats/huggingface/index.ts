export { huggingfaceExport } from './export.ts';
export { huggingfaceImport } from './import.ts';
