import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { boundingBox } from '../../../shared/mask/boundingBox.ts';
import { cropBitmap } from '../../../shared/mask/crop.ts';
import type { Ring } from '../../../shared/mask/ring.ts';
import type { ExportContext, ExportFormat } from '../../../shared/ports/exportFormat.ts';
import { holesOption, ofPolygons, shapesOption, toleranceOption } from '../polygons/options.ts';
import { polygonsOfMask, type HoleChoice } from '../polygons/polygonsOfMask.ts';
import { distinctNames, renamedLoss } from '../labels/plainNames.ts';
import { escapeXml, inXml } from '../xml/escapeXml.ts';
import { encodeRowRle } from './rowRle.ts';

const imagesSpool = 'images';

/** As CVAT writes times, in UTC. */
const timeText = (atMs: number): string => new Date(atMs).toISOString().replace('T', ' ').replace('Z', '000+00:00');

const pointsText = (ring: Ring): string => Array.from({ length: ring.length / 2 }, (_, point) => `${String(ring[2 * point])},${String(ring[2 * point + 1])}`).join(';');

const maskElement = (mask: Bitmap, label: string): readonly string[] => {
  const box = boundingBox(mask);
  if (box === null) return [];
  const rle = encodeRowRle(cropBitmap(mask, box));
  return [`    <mask label="${escapeXml(label)}" source="manual" occluded="0" rle="${rle}" left="${box.xPx}" top="${box.yPx}" width="${box.widthPx}" height="${box.heightPx}" z_order="0">\n    </mask>\n`];
};

/** Pieces of one mask are a group: CVAT shows them as one object, and its own exports join them. */
const polygonElements = (mask: Bitmap, label: string, tolerancePx: number, holes: HoleChoice): { readonly elements: readonly string[]; readonly losses: readonly string[] } => {
  const { polygons, losses } = polygonsOfMask(mask, { tolerancePx, holes });
  const group = polygons.length > 1 ? ' group_id="1"' : '';
  return { elements: polygons.map(({ outer }) => `    <polygon label="${escapeXml(label)}" source="manual" occluded="0" points="${pointsText(outer)}" z_order="0"${group}>\n    </polygon>\n`), losses };
};

const head = ({ snapshot, options }: ExportContext, names: Iterable<string>): string => {
  const type = options['shapes'] === 'polygons' ? 'polygon' : 'mask';
  const labels = [...names].map((name) => `        <label>\n          <name>${escapeXml(name)}</name>\n          <type>${type}</type>\n          <attributes>\n          </attributes>\n        </label>\n`).join('');
  const time = timeText(snapshot.createdAtMs);
  return `<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task>
      <name>${escapeXml(`${snapshot.setName} ${snapshot.number}`)}</name>
      <size>${snapshot.entryCount}</size>
      <mode>annotation</mode>
      <overlap>0</overlap>
      <created>${time}</created>
      <updated>${time}</updated>
      <labels>
${labels}      </labels>
    </task>
    <dumped>${time}</dumped>
  </meta>
`;
};

/** "CVAT for images 1.1" (https://docs.cvat.ai/docs/manual/advanced/xml_format/): one document, photos in `images`, splits as subsets. */
export const cvatExport: ExportFormat = {
  id: 'cvat',
  label: 'CVAT 1.1',
  summary: 'An annotations.xml for CVAT, with masks or polygons.',
  limits: ['As polygons: holes, which are cut open by a slit without width, or filled.', 'In names of categories: control characters, and blanks at their ends.'],
  photos: 'optional',
  hasCategories: true,
  options: [shapesOption, ofPolygons(toleranceOption), ofPolygons(holesOption)],
  readBack: 'cvat',
  open: (context) => {
    const { categories, options, withPhotos } = context;
    // CVAT cuts blanks off the ends of a label's name when a task is made, and then finds no label for shapes that have them.
    const names = distinctNames(categories, (name) => inXml(name).trim() || '_');
    return {
      categoryNames: names,
      encode: async (item) => {
        const { mask, split, photoName, number, category } = item;
        const label = names.get(category.number) as string;
        const { elements, losses } = options['shapes'] === 'polygons' ? polygonElements(mask, label, options['tolerance'] as number, options['holes'] as HoleChoice) : { elements: maskElement(mask, label), losses: [] };
        const subset = split === null ? '' : ` subset="${split}"`;
        return {
          files: withPhotos ? [{ path: `images/${split === null ? '' : `${split}/`}${photoName}`, bytes: await item.photo() }] : [],
          fragments: [{ spool: imagesSpool, text: `  <image id="${number - 1}" name="${escapeXml(photoName)}"${subset} width="${mask.widthPx}" height="${mask.heightPx}">\n${elements.join('')}  </image>\n` }],
          losses: [...losses, ...renamedLoss(category, names)],
        };
      },
      documents: () => [{ path: 'annotations.xml', parts: [head(context, names.values()), { spool: imagesSpool, separator: '' }, '</annotations>\n'] }],
    };
  },
};
