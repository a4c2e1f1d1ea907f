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
  'mask-png': maskPngExport,
  voc: vocExport,
  cityscapes: cityscapesExport,
  yolo: yoloExport,
  cvat: cvatExport,
  labelme: labelmeExport,
  coco: cocoExport,
  'coco-panoptic': cocoPanopticExport,
  'label-studio': labelStudioExport,
  cutout: cutoutExport,
  overlay: overlayExport,
  huggingface: huggingfaceExport,
  datumaro: datumaroExport,
} satisfies Record<ExportFormatId, ExportFormat>;

export const importFormats = {
  'mask-png': maskPngImport,
  voc: vocImport,
  cityscapes: cityscapesImport,
  yolo: yoloImport,
  cvat: cvatImport,
  labelme: labelmeImport,
  coco: cocoImport,
  'coco-panoptic': cocoPanopticImport,
  'label-studio': labelStudioImport,
  cutout: cutoutImport,
  huggingface: huggingfaceImport,
  datumaro: datumaroImport,
} satisfies Record<ImportFormatId, ImportFormat>;
