import type { SplitName } from '../../../shared/domain/maskSet.ts';
import { cocoStringOf } from '../../../shared/mask/cocoString.ts';
import { encodeColumnRle } from '../../../shared/mask/rleColumns.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';

/** A set that is not split is one subset. */
const subsetOf = (split: SplitName | null): string => split ?? 'default';

/** Datumaro's own JSON (docs.cvat.ai, "Datumaro"): a document a subset, masks as COCO's compressed runs. */
export const datumaroExport: ExportFormat = {
  id: 'datumaro',
  label: 'Datumaro',
  summary: 'Datumaro’s JSON, which CVAT and Datumaro turn into many others.',
  limits: [],
  photos: 'optional',
  hasCategories: true,
  options: [],
  readBack: 'datumaro',
  open: ({ categories, splits, withPhotos, tool, snapshot }) => ({
    encode: async (item) => {
      const { mask, entry, number, category } = item;
      const subset = subsetOf(item.split);
      const runs = encodeColumnRle(mask);
      const annotation = { id: number, type: 'mask', attributes: {}, group: number, label_id: category.number - 1, rle: { counts: cocoStringOf(runs), size: runs.size }, z_order: 0 };
      const value = {
        id: item.stem,
        annotations: runs.counts.length === 1 ? [] : [annotation],
        attr: { maskdesk_kind: entry.asset.kind, maskdesk_id: entry.asset.id },
        image: { path: item.photoName, size: runs.size },
      };
      return {
        files: withPhotos ? [{ path: `images/${subset}/${item.photoName}`, bytes: await item.photo() }] : [],
        fragments: [{ spool: `items-${subset}`, text: JSON.stringify(value) }],
        losses: [],
      };
    },
    documents: () => {
      const labels = categories.map(({ name }) => ({ name, parent: '', attributes: [] }));
      const info = { description: `${snapshot.setName}@${snapshot.number}, by ${tool}`, date: new Date(snapshot.createdAtMs).toISOString() };
      const head = `{"info":${JSON.stringify(info)},\n"categories":${JSON.stringify({ label: { labels, attributes: [] } })},\n"items":[\n`;
      return (splits.length === 0 ? [null] : splits).map((split) => ({
        path: `annotations/${subsetOf(split)}.json`,
        parts: [head, { spool: `items-${subsetOf(split)}`, separator: ',\n' }, '\n]}\n'],
      }));
    },
  }),
};
