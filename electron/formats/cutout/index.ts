export { cutoutExport } from './export.ts';
export { cutoutImport } from './import.ts';
