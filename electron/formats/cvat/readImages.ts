import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type ImportContext } from '../../../shared/ports/importFormat.ts';
import { brokenAt, type LineAndColumn } from '../broken.ts';
import { readXml } from '../xml/readXml.ts';

/** An element in an image: mask, polygon, box ... */
export interface CvatShape {
  readonly kind: string;
  readonly label: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly at: LineAndColumn;
}

export interface CvatImage {
  readonly attributes: Readonly<Record<string, string>>;
  readonly at: LineAndColumn;
  readonly shapes: readonly CvatShape[];
  /** Shapes that are none, and were stepped over. */
  readonly broken: number;
}

export interface CvatMeta {
  /** In the order of the document. */
  readonly labels: string[];
  /** Of all frames, where images say nothing of their own; texts as they are there. */
  readonly originalSize: { width?: string; height?: string };
}

/**
 * The images of a "CVAT for images 1.1" document, one after another; what stands before them fills `meta`.
 * @throws ExpectedError annotations_invalid with line and column, file_unreadable; CancelledError
 */
export const readImages = async function* (source: AnnotationSource, path: string, meta: CvatMeta, context: Pick<ImportContext, 'signal' | 'onBroken'>): AsyncGenerator<CvatImage> {
  const file = await source.open(path);
  try {
    const open: string[] = [];
    let image: { readonly attributes: Readonly<Record<string, string>>; readonly at: LineAndColumn; readonly shapes: CvatShape[]; broken: number } | null = null;
    let text = '';
    for await (const event of readXml(path, file, context.signal)) {
      if (event.kind === 'text') {
        text += event.text;
        continue;
      }
      if (event.kind === 'open') {
        const { name, attributes, at } = event;
        if (open.length === 0 && name !== 'annotations') throw brokenAt(path, at, `It begins with <${name}>; a file of CVAT 1.1 begins with <annotations>.`);
        if (open.length === 1 && name === 'track') throw brokenAt(path, at, 'It holds tracks, so it is “CVAT for video”; export it as “CVAT for images 1.1”, which says what is in each frame.');
        if (open.length === 1 && name === 'image') image = { attributes, at, shapes: [], broken: 0 };
        else if (open.length === 2 && image !== null) {
          const shape = await steppingOver(context, () => {
            const { label } = attributes;
            if (label === undefined) throw brokenAt(path, at, `A <${name}> has no label.`);
            return { kind: name, label, attributes, at };
          });
          if (shape === null) image.broken++;
          else image.shapes.push(shape);
        }
        open.push(name);
        text = '';
        continue;
      }
      open.pop();
      const inside = open.join('/');
      if (event.name === 'image' && open.length === 1 && image !== null) {
        yield image;
        image = null;
      } else if (event.name === 'name' && /^annotations\/meta\/.*labels\/label$/.test(inside)) meta.labels.push(text.trim());
      else if ((event.name === 'width' || event.name === 'height') && /^annotations\/meta\/.*original_size$/.test(inside)) meta.originalSize[event.name] = text.trim();
      text = '';
    }
  } finally {
    await file.close();
  }
};
