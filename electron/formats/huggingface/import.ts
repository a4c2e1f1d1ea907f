import { z } from 'zod';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type AnnotatedImage, type AnnotatedInstance, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import { brokenAt } from '../broken.ts';
import { baseName } from '../labels/fileNames.ts';
import { readJsonLines, type JsonLine } from '../labels/jsonLines.ts';
import { readPicture } from '../labels/keyedRaster.ts';
import { metadataName } from './export.ts';

const plainCategory = 'mask';
const headBytes = 16 * 1024;

/** Other columns are the dataset's own. */
const row = z.object({ file_name: z.string().min(1), mask_file_name: z.string().min(1).nullish(), category: z.string().nullish() });

interface Row {
  readonly document: string;
  readonly folder: string;
  readonly line: JsonLine<z.infer<typeof row>>;
}

const documentsIn = async (source: AnnotationSource): Promise<readonly string[]> => (await source.files()).map(({ path }) => path).filter((path) => baseName(path) === metadataName);

const imageOf = ({ document, folder, line }: Row, source: AnnotationSource, context: ImportContext, files: ReadonlySet<string>): AnnotatedImage => {
  const { file_name: file, mask_file_name: maskFile, category } = line.value;
  const instances: AnnotatedInstance[] = [];
  if (maskFile !== undefined && maskFile !== null) {
    const path = `${folder}${maskFile}`;
    if (!files.has(path)) throw brokenAt(document, { line: line.line, column: 1 }, `There is no file ${maskFile} beside it.`);
    instances.push({ place: path, category: category ?? plainCategory, isCrowd: false, remarks: [], mask: () => readPicture(source, context, path, (bytes) => context.codec.decodeMask(bytes)) });
  }
  return { place: `${document}, line ${line.line}`, file: baseName(file), id: null, size: null, photoPath: files.has(`${folder}${file}`) ? `${folder}${file}` : null, instances };
};

export const huggingfaceImport: ImportFormat = {
  id: 'huggingface',
  label: 'Hugging Face',
  summary: 'An image folder whose metadata.jsonl has a mask_file_name a row; what is lighter than mid-grey is mask.',
  recognise: async (source) => {
    const [path] = await documentsIn(source);
    if (path === undefined) return 0;
    try {
      const file = await source.open(path);
      try {
        return /"mask_file_name"\s*:/.test(new TextDecoder().decode(await file.read(0, headBytes))) ? 0.95 : 0.1;
      } finally {
        await file.close();
      }
    } catch {
      return 0; // What can't be read is not recognised; opening it says why.
    }
  },
  open: async (source, context) => {
    const files = new Set((await source.files()).map(({ path }) => path));
    const rows: Row[] = [];
    for (const document of await documentsIn(source)) for (const line of await readJsonLines(source, document, row, context)) rows.push({ document, folder: document.slice(0, -metadataName.length), line });
    return {
      categories: [...new Set(rows.filter(({ line }) => typeof line.value.mask_file_name === 'string').map(({ line }) => line.value.category ?? plainCategory))],
      imageCount: rows.length,
      images: async function* () {
        for (const one of rows) {
          const whole = await steppingOver(context, () => imageOf(one, source, context, files));
          if (whole !== null) yield whole;
        }
      },
    };
  },
};
