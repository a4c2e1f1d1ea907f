import type { OptionValues } from '../../../shared/domain/formatOptions.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { cocoStringOf } from '../../../shared/mask/cocoString.ts';
import { polygonColumns } from '../../../shared/mask/polygonColumns.ts';
import { encodeColumnRle, type ColumnRle } from '../../../shared/mask/rleColumns.ts';
import { rleAreaPx, rleBoundingBox } from '../../../shared/mask/rleMeasures.ts';
import { rleIou, uniteRles } from '../../../shared/mask/rleMerge.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import type { HoleChoice } from '../polygons/polygonsOfMask.ts';
import { polygonsOfMask } from '../polygons/polygonsOfMask.ts';
import { documentsOf, fragment, imageEntry, photoPath } from './frame.ts';

interface Shape {
  readonly segmentation: unknown;
  /** What a reader makes of it: area and box are those of the segmentation as it is written. */
  readonly runs: ColumnRle;
  readonly losses: readonly string[];
}

const runsShape = (mask: Bitmap): Shape => {
  const runs = encodeColumnRle(mask);
  return { segmentation: { size: runs.size, counts: cocoStringOf(runs) }, runs, losses: [] };
};

const polygonShape = (mask: Bitmap, holes: HoleChoice, tolerancePx: number): Shape => {
  const { polygons, losses } = polygonsOfMask(mask, { tolerancePx, holes });
  const rings = polygons.map(({ outer }) => Array.from(outer));
  const exact = encodeColumnRle(mask);
  const runs = rings.length === 0 ? { size: exact.size, counts: Uint32Array.of(mask.data.length) } : uniteRles(rings.map((ring) => polygonColumns(ring, mask.widthPx, mask.heightPx)));
  const differs = runs.counts.length !== exact.counts.length || runs.counts.some((count, index) => count !== exact.counts[index]);
  // What is lost is judged by COCO's own drawing, which may hit the mask where pixel centres do not, and the other way round.
  const drawn = `Drawn by COCO’s rules its outline covers other pixels: IoU ${rleIou(runs, exact).toFixed(4)}.`;
  return { segmentation: rings, runs, losses: !differs ? [] : losses.length > 0 ? losses : [drawn] };
};

const shapeOf = (mask: Bitmap, options: OptionValues): Shape =>
  options['segmentation'] === 'polygons' ? polygonShape(mask, options['holes'] as HoleChoice, options['tolerance'] as number) : runsShape(mask);

/** Run lengths have neither bridges nor corners. */
const ifPolygons = { name: 'segmentation', value: 'polygons' } as const;

/** An annotation an image that has one; area and box as COCO's own tools compute them. */
export const cocoExport: ExportFormat = {
  id: 'coco',
  label: 'COCO',
  summary: 'COCO’s instances in one JSON file a split: for Detectron2, MMDetection, torchvision, FiftyOne.',
  limits: ['As polygons: holes, which are bridged by a slit or filled.', 'As polygons that are simplified: the exact edge.'],
  photos: 'optional',
  hasCategories: true,
  options: [
    {
      kind: 'choice',
      name: 'segmentation',
      label: 'Segmentation',
      note: 'Run lengths keep every pixel; polygons are for tools that know nothing else.',
      choices: [{ value: 'rle', label: 'Run lengths' }, { value: 'polygons', label: 'Polygons' }],
      initial: 'rle',
    },
    {
      kind: 'choice',
      name: 'holes',
      label: 'Holes in polygons',
      note: 'A bridge is a slit of no width from the outline to the hole; filled holes are lost.',
      choices: [{ value: 'bridge', label: 'Bridge' }, { value: 'fill', label: 'Fill' }],
      initial: 'bridge',
      when: ifPolygons,
    },
    { kind: 'number', name: 'tolerance', label: 'Simplify polygons', note: 'How far a corner may be from the outline; 0 keeps it exact.', min: 0, max: 20, step: 0.5, unit: 'px', initial: 0, when: ifPolygons },
  ],
  readBack: 'coco',
  open: (context) => ({
    encode: async (item) => {
      const files = context.withPhotos ? [{ path: photoPath(item), bytes: await item.photo() }] : [];
      const { segmentation, runs, losses } = shapeOf(item.mask, context.options);
      const area = rleAreaPx(runs);
      const { xPx, yPx, widthPx, heightPx } = rleBoundingBox(runs);
      const annotation = { id: item.number, image_id: item.number, category_id: item.category.number, segmentation, area, bbox: [xPx, yPx, widthPx, heightPx], iscrowd: 0 };
      return {
        files,
        fragments: [fragment('images', item, imageEntry(item)), ...(area === 0 ? [] : [fragment('annotations', item, annotation)])],
        losses,
      };
    },
    documents: () => documentsOf(context, 'instances', {}),
  }),
};
