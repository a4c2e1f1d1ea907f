export { datumaroExport } from './export.ts';
export { datumaroImport } from './import.ts';
