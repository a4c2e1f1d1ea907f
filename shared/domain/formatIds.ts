/** Formats that sets are written in; each is a file of electron/formats and a line in its index. */
export const exportFormatIds = [
  'mask-png',
  'voc',
  'cityscapes',
  'yolo',
  'cvat',
  'coco',
  'labelme',
  'label-studio',
  'cutout',
  'overlay',
  'huggingface',
  'coco-panoptic',
  'datumaro',
] as const;
export type ExportFormatId = (typeof exportFormatIds)[number];

/** Formats of annotations that are read. */
export const importFormatIds = [
  'mask-png',
  'voc',
  'cityscapes',
  'yolo',
  'cvat',
  'coco',
  'labelme',
  'label-studio',
  'cutout',
  'huggingface',
  'coco-panoptic',
  'datumaro',
] as const;
export type ImportFormatId = (typeof importFormatIds)[number];
