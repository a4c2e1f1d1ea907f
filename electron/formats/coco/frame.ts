import type { SplitName } from '../../../shared/domain/maskSet.ts';
import type { DocumentPlan, ExportContext, ExportItem, Fragment } from '../../../shared/ports/exportFormat.ts';

/** COCO's own layout: `annotations/instances_train.json` beside `images/train/`. */
export const annotationsPath = (kind: string, split: SplitName | null): string => `annotations/${kind}${split === null ? '' : `_${split}`}`;
export const photoPath = ({ split, photoName }: ExportItem): string => (split === null ? `images/${photoName}` : `images/${split}/${photoName}`);

const spoolOf = (list: 'images' | 'annotations', split: SplitName | null): string => `${list}-${split ?? 'all'}`;

export const fragment = (list: 'images' | 'annotations', { split }: ExportItem, value: unknown): Fragment => ({ spool: spoolOf(list, split), text: JSON.stringify(value) });

/** An item's entry in `images`. Ours beyond COCO: whose picture it is. */
export const imageEntry = ({ number, mask, photoName, entry }: ExportItem): unknown => ({
  id: number,
  width: mask.widthPx,
  height: mask.heightPx,
  file_name: photoName,
  license: 0,
  maskdesk: { kind: entry.asset.kind, id: entry.asset.id },
});

const infoOf = ({ snapshot, tool }: ExportContext): unknown => {
  const created = new Date(snapshot.createdAtMs);
  return {
    description: `${snapshot.setName}@${snapshot.number}, by ${tool}`,
    url: '',
    version: String(snapshot.number),
    year: created.getUTCFullYear(),
    contributor: snapshot.createdBy,
    date_created: created.toISOString(),
  };
};

/** A document a split; `images` and `annotations` come from their spools. */
export const documentsOf = (context: ExportContext, kind: string, categoryExtra: object): readonly DocumentPlan[] => {
  const categories = context.categories.map(({ number, name }) => ({ id: number, name, supercategory: '', ...categoryExtra }));
  const head = `{"info":${JSON.stringify(infoOf(context))},\n"licenses":[{"id":0,"name":"","url":""}],\n"categories":${JSON.stringify(categories)},\n"images":[\n`;
  const splits: readonly (SplitName | null)[] = context.splits.length === 0 ? [null] : context.splits;
  return splits.map((split) => ({
    path: `${annotationsPath(kind, split)}.json`,
    parts: [head, { spool: spoolOf('images', split), separator: ',\n' }, '\n],\n"annotations":[\n', { spool: spoolOf('annotations', split), separator: ',\n' }, '\n]}\n'],
  }));
};
