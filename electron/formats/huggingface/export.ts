import { areaPx } from '../../../shared/mask/bitmap.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import { readmeText, splitFolder } from './readme.ts';

export const metadataName = 'metadata.jsonl';

/** An image folder of the datasets library (its docs, "Image Dataset": metadata.jsonl, several pictures a row). */
export const huggingfaceExport: ExportFormat = {
  id: 'huggingface',
  label: 'Hugging Face',
  summary: 'An image folder for image segmentation that load_dataset reads: photos, mask PNGs, metadata.jsonl and the card for the hub.',
  limits: [],
  photos: 'always',
  hasCategories: true,
  options: [],
  readBack: 'huggingface',
  open: ({ codec, snapshot, categories, splits, tool }) => ({
    encode: async (item) => {
      const { entry, mask } = item;
      const folder = splitFolder(item.split);
      const [image, maskFile] = [`images/${item.photoName}`, `masks/${item.stem}.png`];
      // The library takes each column's type from its values, split by split, and refuses splits that differ: one of nulls alone, or of whole numbers alone, would. So it is text, empty
      // where there is nothing.
      const row = {
        file_name: image,
        mask_file_name: maskFile,
        asset_id: entry.asset.id,
        category: item.category.name,
        area: areaPx(mask),
        width: mask.widthPx,
        height: mask.heightPx,
        product: entry.productId ?? '',
        video: entry.videoId ?? '',
        timestamp: entry.timestampS === null ? '' : String(entry.timestampS),
        reviewer: entry.verdict?.reviewer ?? '',
        model: entry.modelId ?? '',
        revision: entry.revisionId,
      };
      return {
        files: [
          { path: `${folder}/${image}`, bytes: await item.photo() },
          { path: `${folder}/${maskFile}`, bytes: await codec.encodeMask(mask) },
        ],
        fragments: [{ spool: `rows-${item.split ?? 'all'}`, text: `${JSON.stringify(row)}\n` }],
        losses: [],
      };
    },
    documents: () => [
      ...(splits.length === 0 ? [null] : splits).map((split) => ({ path: `${splitFolder(split)}/${metadataName}`, parts: [{ spool: `rows-${split ?? 'all'}`, separator: '' }] })),
      { path: 'README.md', parts: [readmeText(snapshot, categories.map(({ name }) => name), splits, tool)] },
    ],
  }),
};
