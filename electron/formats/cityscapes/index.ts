export { cityscapesExport } from './export.ts';
export { cityscapesImport } from './import.ts';
