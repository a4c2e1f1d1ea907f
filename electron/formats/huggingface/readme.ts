import type { Snapshot, SplitName } from '../../../shared/domain/maskSet.ts';
import { yamlText } from '../labels/yamlText.ts';

/** The hub's names of splits (its docs, "Data files configuration"). */
export const splitFolder = (split: SplitName | null): string => `data/${split === 'val' ? 'validation' : (split ?? 'train')}`;

const sizes = [[1e3, 'n<1K'], [1e4, '1K<n<10K'], [1e5, '10K<n<100K'], [1e6, '100K<n<1M'], [1e7, '1M<n<10M']] as const;
const sizeOf = (count: number): string => sizes.find(([below]) => count < below)?.[1] ?? '10M<n<100M';

/** Columns beside the two pictures, with their types as the datasets library names them. */
export const columns = [['asset_id', 'string'], ['category', 'string'], ['area', 'int64'], ['width', 'int64'], ['height', 'int64'], ['product', 'string'], ['video', 'string'], ['timestamp', 'string'], ['reviewer', 'string'], ['model', 'string'], ['revision', 'string']] as const;

/**
 * The dataset's card with the head that the hub reads (its docs: "Dataset cards", datasetcard.md; "Create an image dataset", metadata with `mask_file_name`).
 */
export const readmeText = ({ setName, number, entryCount }: Snapshot, categories: readonly string[], splits: readonly SplitName[], tool: string): string => {
  const paths = (splits.length === 0 ? [null] : splits).map((split) => splitFolder(split));
  return [
    '---',
    `pretty_name: ${yamlText(`${setName}, snapshot ${number}`)}`,
    'task_categories:',
    '- image-segmentation',
    'size_categories:',
    `- ${sizeOf(entryCount)}`,
    'configs:',
    '- config_name: default',
    '  data_files:',
    ...paths.flatMap((path) => [`  - split: ${path.slice('data/'.length)}`, `    path: ${path}/**`]),
    'dataset_info:',
    '  features:',
    ...['image', 'mask'].flatMap((name) => [`  - name: ${name}`, '    dtype: image']),
    ...columns.flatMap(([name, type]) => [`  - name: ${name}`, `    dtype: ${type}`]),
    '---',
    '',
    `# ${setName.replace(/[\r\n]+/g, ' ')}`,
    '',
    `Photos with a mask each: 255 is inside, 0 outside, as large as the photo. Text is empty where nothing is known; \`timestamp\` is seconds into the video, as text. ${categories.length === 1 ? 'One category' : `${categories.length} categories`}. The data card beside it says where they come from; the licence is for you to add.`,
    '',
    '```python',
    'from datasets import load_dataset',
    '',
    'dataset = load_dataset("path/to/this/folder")',
    '```',
    '',
    `Written by ${tool}.`,
    '',
  ].join('\n');
};
