import { areaPx, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { boundingBox } from '../../../shared/mask/boundingBox.ts';
import type { RgbImage } from '../../../shared/ports/imageCodec.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import { annotationsPath, documentsOf, fragment, imageEntry, photoPath } from './frame.ts';

/** COCO's panoptic PNGs: id = red + 256 green + 65536 blue, 0 where nothing is. */
const coloured = ({ widthPx, heightPx, data: mask }: Bitmap, id: number): RgbImage => {
  const data = new Uint8Array(3 * mask.length);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (mask[pixel] !== 255) continue;
    data[3 * pixel] = id & 255;
    data[3 * pixel + 1] = (id >>> 8) & 255;
    data[3 * pixel + 2] = id >>> 16;
  }
  return { widthPx, heightPx, data };
};

/** Ids of segments count within an image; ours has one. In COCO's colours: one that is seen on black. */
const segmentId = 0x00c8ff;

export const cocoPanopticExport: ExportFormat = {
  id: 'coco-panoptic',
  label: 'COCO panoptic',
  summary: 'COCO’s panoptic segmentation: a coloured PNG an image, and a JSON file a split.',
  limits: [],
  photos: 'optional',
  hasCategories: true,
  options: [],
  readBack: 'coco-panoptic',
  open: (context) => ({
    encode: async (item) => {
      const { mask, number, category, stem } = item;
      const photo = context.withPhotos ? [{ path: photoPath(item), bytes: await item.photo() }] : [];
      const box = boundingBox(mask);
      const segments = box === null ? [] : [{ id: segmentId, category_id: category.number, area: areaPx(mask), bbox: [box.xPx, box.yPx, box.widthPx, box.heightPx], iscrowd: 0 }];
      const name = `${stem}.png`;
      return {
        files: [{ path: `${annotationsPath('panoptic', item.split)}/${name}`, bytes: await context.codec.encodeRgb(coloured(mask, segmentId)) }, ...photo],
        fragments: [fragment('images', item, imageEntry(item)), fragment('annotations', item, { image_id: number, file_name: name, segments_info: segments })],
        losses: [],
      };
    },
    documents: () => documentsOf(context, 'panoptic', { isthing: 1 }),
  }),
};
