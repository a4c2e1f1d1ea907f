import type { ExportFormatId, ImportFormatId } from '../../shared/domain/formatIds.ts';
import type { ExportFormat } from '../../shared/ports/exportFormat.ts';
import type { ImportFormat } from '../../shared/ports/importFormat.ts';
import { cityscapesExport, cityscapesImport } from './cityscapes/index.ts';
import { cocoExport, cocoImport, cocoPanopticExport, cocoPanopticImport } from './coco/index.ts';
import { cutoutExport, cutoutImport } from './cutout/index.ts';
import { cvatExport, cvatImport } from './cvat/index.ts';
import { huggingfaceExport, huggingfaceImport } from './huggingface/index.ts';
import { labelmeExport, labelmeImport } from './labelme/index.ts';
import { labelStudioExport, labelStudioImport } from './labelStudio/index.ts';
import { datumaroExport, datumaroImport } from './datumaro/index.ts';
import { maskPngExport, maskPngImport } from './maskPng.ts';
import { overlayExport } from './overlay/index.ts';
import { vocExport, vocImport } from './voc/index.ts';
import { yoloExport, yoloImport } from './yolo/index.ts';

/** In the order of the dialog. */
export const exportFormats = {
  coco: cocoExport,
  yolo: yoloExport,
  'mask-png': maskPngExport,
  cvat: cvatExport,
  'label-studio': labelStudioExport,
  labelme: labelmeExport,
  datumaro: datumaroExport,
  huggingface: huggingfaceExport,
  'coco-panoptic': cocoPanopticExport,
  voc: vocExport,
  cityscapes: cityscapesExport,
  cutout: cutoutExport,
  overlay: overlayExport,
} satisfies Record<ExportFormatId, ExportFormat>;

export const importFormats = {
  coco: cocoImport,
  yolo: yoloImport,
  'mask-png': maskPngImport,
  cvat: cvatImport,
  'label-studio': labelStudioImport,
  labelme: labelmeImport,
  datumaro: datumaroImport,
  huggingface: huggingfaceImport,
  'coco-panoptic': cocoPanopticImport,
  voc: vocImport,
  cityscapes: cityscapesImport,
  cutout: cutoutImport,
} satisfies Record<ImportFormatId, ImportFormat>;
