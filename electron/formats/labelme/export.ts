import { boundingBox } from '../../../shared/mask/boundingBox.ts';
import { cropBitmap } from '../../../shared/mask/crop.ts';
import type { Ring } from '../../../shared/mask/ring.ts';
import type { ExportFormat, ExportItem } from '../../../shared/ports/exportFormat.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import { withSplit } from '../paths.ts';
import { holesOption, ofPolygons, shapesOption, toleranceOption } from '../polygons/options.ts';
import { polygonsOfMask, type HoleChoice } from '../polygons/polygonsOfMask.ts';

/** The labelme that first had masks beside polygons in the form written here was 5.2; 5.5 reads and writes it. */
const labelmeVersion = '5.5.0';

interface Shape {
  readonly label: string;
  readonly points: readonly (readonly [number, number])[];
  readonly group_id: number | null;
  readonly description: string;
  readonly shape_type: 'mask' | 'polygon';
  readonly flags: Readonly<Record<string, never>>;
  readonly mask: string | null;
}

/** A crop as a PNG, and the first and the last pixel that it covers. */
const maskShape = async ({ mask, category }: ExportItem, codec: ImageCodec): Promise<readonly Shape[]> => {
  const box = boundingBox(mask);
  if (box === null) return [];
  const bytes = await codec.encodeMask(cropBitmap(mask, box));
  const points = [
    [box.xPx, box.yPx],
    [box.xPx + box.widthPx - 1, box.yPx + box.heightPx - 1],
  ] as const;
  return [{ label: category.name, points, group_id: null, description: '', shape_type: 'mask', flags: {}, mask: Buffer.from(bytes).toString('base64') }];
};

const pointsOf = (ring: Ring): readonly (readonly [number, number])[] => Array.from({ length: ring.length / 2 }, (_, point) => [ring[2 * point] as number, ring[2 * point + 1] as number] as const);

/** A JSON file a photo, beside it where photos come along (https://github.com/wkentaro/labelme). */
export const labelmeExport: ExportFormat = {
  id: 'labelme',
  label: 'labelme',
  summary: 'A JSON file a photo, with its mask as it is or as polygons, for labelme.',
  limits: ['As polygons: holes, which are cut open by a slit without width, or filled.', 'Masks need labelme 5.2 or newer.'],
  photos: 'optional',
  hasCategories: true,
  options: [shapesOption, ofPolygons(toleranceOption), ofPolygons(holesOption)],
  readBack: 'labelme',
  open: ({ options, withPhotos, codec }) => ({
    encode: async (item) => {
      const { mask, category, split, stem, photoName } = item;
      let shapes: readonly Shape[];
      let losses: readonly string[] = [];
      if (options['shapes'] === 'polygons') {
        const made = polygonsOfMask(mask, { tolerancePx: options['tolerance'] as number, holes: options['holes'] as HoleChoice });
        // Pieces of one mask are a group: labelme's own tools take them as one object.
        const group = made.polygons.length > 1 ? 1 : null;
        shapes = made.polygons.map(({ outer }): Shape => ({ label: category.name, points: pointsOf(outer), group_id: group, description: '', shape_type: 'polygon', flags: {}, mask: null }));
        losses = made.losses;
      } else shapes = await maskShape(item, codec);
      const document = { version: labelmeVersion, flags: {}, shapes, imagePath: photoName, imageData: null, imageHeight: mask.heightPx, imageWidth: mask.widthPx };
      return {
        files: [
          { path: withSplit(split, `${stem}.json`), bytes: new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`) },
          ...(withPhotos ? [{ path: withSplit(split, photoName), bytes: await item.photo() }] : []),
        ],
        fragments: [],
        losses,
      };
    },
    documents: () => [],
  }),
};
