export { cocoExport } from './export.ts';
export { cocoImport } from './import.ts';
export { cocoPanopticExport } from './panopticExport.ts';
export { cocoPanopticImport } from './panopticImport.ts';
