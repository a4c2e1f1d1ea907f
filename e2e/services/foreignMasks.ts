import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { listItems } from './items.ts';

/** Another tool's COCO file on some photos of a store, with what does not fit: a size, a name, several instances, a long category. @returns its folder */
export const foreignMasks = async (storeDir: string, workFolder: string): Promise<string> => {
  const folder = join(workFolder, 'annotations of a contractor with a rather long name, third delivery');
  await mkdir(folder, { recursive: true });
  const items = await listItems(storeDir, '--state', 'to_review');
  const known = items.map(({ local_path, width, height }, index) => ({ id: index + 1, file_name: basename(local_path), width: index === 0 ? width / 2 : width, height: index === 0 ? height / 2 : height }));
  const unknown = [1, 2, 3].map((number) => ({ id: 100 + number, file_name: `deliveries/2026-11/never seen before ${number}.jpg`, width: 640, height: 480 }));
  const images = [...known, ...unknown];
  const outline = [[5, 5, 60, 5, 60, 60, 5, 60]];
  const annotations = images.flatMap(({ id }, index) => (index === 1 ? [] : [1, 2].map((category_id) => ({ id: 2 * index + category_id, image_id: id, category_id, iscrowd: 0, segmentation: outline }))));
  const categories = [
    { id: 1, name: 'bottle' },
    { id: 2, name: 'household and kitchen/small appliances/hand blender with accessories' },
  ];
  await writeFile(join(folder, 'annotations.json'), JSON.stringify({ images, categories, annotations }));
  return folder;
};
