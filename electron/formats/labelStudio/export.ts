import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import { distinctNames, renamedLoss } from '../labels/plainNames.ts';
import { withSplit } from '../paths.ts';
import { escapeXml, inXml } from '../xml/escapeXml.ts';
import { packMask } from './rlePack.ts';

const tasksFile = 'tasks.json';
const fromName = 'tag';
const toName = 'image';

/** What a project's labelling interface must be for the tasks to be shown. */
const interfaceOf = (names: Iterable<string>): string =>
  ['<View>', `  <Image name="${toName}" value="$image" zoom="true"/>`, `  <BrushLabels name="${fromName}" toName="${toName}">`, ...Array.from(names, (name) => `    <Label value="${escapeXml(name)}"/>`), '  </BrushLabels>', '</View>', ''].join('\n');

/** Its docs: "Import pre-annotations", "Brush"; label-studio-sdk's converter for the packing. */
export const labelStudioExport: ExportFormat = {
  id: 'label-studio',
  label: 'Label Studio',
  summary: 'Tasks with brush annotations (JSON) to go on with in Label Studio, and the labelling interface that fits them.',
  limits: ['In names of categories: control characters.'],
  photos: 'optional',
  hasCategories: true,
  options: [
    {
      kind: 'choice',
      name: 'images',
      label: 'Photos are found',
      note: 'Where the tasks say that their photos are.',
      choices: [
        { value: 'local', label: 'In its local storage, in the folder images' },
        { value: 'name', label: 'By their names alone' },
      ],
      initial: 'local',
    },
  ],
  readBack: 'label-studio',
  open: ({ categories, splits, withPhotos, options }) => {
    const names = distinctNames(categories, inXml);
    return {
      categoryNames: names,
      encode: async (item) => {
        const { mask, number } = item;
        const photoPath = withSplit(item.split, `images/${item.photoName}`);
        const image = options.images === 'name' ? item.photoName : `/data/local-files/?d=${encodeURIComponent(photoPath).replaceAll('%2F', '/')}`;
        const task = { id: number, data: { image, asset: item.entry.asset.id, revision: item.entry.revisionId } };
        const region = { id: `mask-${number}`, type: 'brushlabels', from_name: fromName, to_name: toName, original_width: mask.widthPx, original_height: mask.heightPx, image_rotation: 0 };
        // The run lengths are put in as text: an array of a million numbers would be made for nothing.
        const result = mask.data.includes(255) ? `${JSON.stringify(region).slice(0, -1)},"value":{"format":"rle","rle":[${packMask(mask).join(',')}],"brushlabels":[${JSON.stringify(names.get(item.category.number))}]}}` : '';
        return {
          files: withPhotos ? [{ path: photoPath, bytes: await item.photo() }] : [],
          fragments: [{ spool: `tasks-${item.split ?? 'all'}`, text: `${JSON.stringify(task).slice(0, -1)},"annotations":[{"result":[${result}]}]}` }],
          losses: renamedLoss(item.category, names),
        };
      },
      advice: [
        'Give the project the labelling interface of label_config.xml before tasks.json is imported.',
        options.images === 'name'
          ? 'The tasks name photos by their names alone: put where they are before each name.'
          : `The tasks look for photos in local storage: ${withPhotos ? 'start Label Studio' : 'put the photos where the tasks name them, and start Label Studio'} with LOCAL_FILES_SERVING_ENABLED=true and LOCAL_FILES_DOCUMENT_ROOT set to this folder, and add a local storage of the project that is the folder of photos in it.`,
      ],
      documents: () => [
        ...(splits.length === 0 ? [null] : splits).map((split) => ({ path: withSplit(split, tasksFile), parts: ['[\n', { spool: `tasks-${split ?? 'all'}`, separator: ',\n' }, '\n]\n'] })),
        { path: 'label_config.xml', parts: [interfaceOf(names.values())] },
      ],
    };
  },
};
