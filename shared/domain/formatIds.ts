/** Formats that sets are written in; each is a file of electron/formats and a line in its index. */
export const exportFormatIds = [
  'coco',
  'yolo',
  'mask-png',
  'cvat',
  'label-studio',
  'labelme',
  'datumaro',
  'huggingface',
  'coco-panoptic',
  'voc',
  'cityscapes',
  'cutout',
  'overlay',
] as const;
export type ExportFormatId = (typeof exportFormatIds)[number];

/** Formats of annotations that are read. */
export const importFormatIds = [
  'coco',
  'yolo',
  'mask-png',
  'cvat',
  'label-studio',
  'labelme',
  'datumaro',
  'huggingface',
  'coco-panoptic',
  'voc',
  'cityscapes',
  'cutout',
] as const;
export type ImportFormatId = (typeof importFormatIds)[number];
