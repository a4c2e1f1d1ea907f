import { CancelledError, ExpectedError } from '../../../shared/errors/errors.ts';
import { areaPx, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { steppingOver, type AnnotatedImage, type AnnotatedInstance, type AnnotationReader } from '../../../shared/ports/importFormat.ts';
import type { BrokenPart, Findings, RemarkedInstance } from '../../../shared/contracts/rpc/maskImports.ts';
import { inOrder } from '../export/inOrder.ts';
import { mostBroken, type BrokenParts } from './brokenParts.ts';
import { Tally } from './tally.ts';
import { isBroken, sameSize, sizeText, type ImageRecord, type InstanceFacts } from './records.ts';

/** Images whose masks are decoded at a time. */
export const imagesAtATime = 3;

/** A codec knows bytes, not where they came from. @throws ExpectedError with the place in its sentence */
export const decodeAt = async ({ place, mask }: Pick<AnnotatedInstance, 'place' | 'mask'>): Promise<Bitmap> => {
  try {
    return await mask();
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.message.includes(place)) throw error;
    // "a.json, annotations[4]" and "a.json, line 7: ..." name the file once.
    const [file, ...parts] = place.split(', ');
    // "a.json, line 7, column 3: annotations[4]: ..." says where it is, and more exactly.
    if (file !== undefined && parts.length > 0 && error.message.startsWith(`${file}, `) && parts.every((part) => error.message.includes(part))) throw error;
    const fault = file !== undefined && error.message.startsWith(`${file}, `) ? `, ${error.message.slice(file.length + 2)}` : `: ${error.message}`;
    throw new ExpectedError(error.code, `${place}${fault}`, { cause: error, details: error.details });
  }
};

interface ReadImage {
  readonly record: Omit<ImageRecord, 'image'>;
  readonly remarks: readonly RemarkedInstance[];
  /** Of its masks, in its order; told when the image's turn comes, since several are read at a time. */
  readonly faults: readonly ExpectedError[];
}

const brokenInstance = { areaPx: 0, isShapeless: false, isBroken: true } as const;

/** Its masks, decoded one after another. A broken one stands in its place, for the places of the others to hold; masks of several sizes are all broken. */
const readImage = async ({ file, plainFile, place, id, photoPath, size, instances, brokenInstances = 0 }: AnnotatedImage, isOwnExport: boolean): Promise<ReadImage> => {
  const facts: InstanceFacts[] = [];
  const faults: ExpectedError[] = [];
  const remarks: RemarkedInstance[] = instances.flatMap((instance) => instance.remarks.map((sentence) => ({ place: instance.place, sentence })));
  let masks: { widthPx: number; heightPx: number } | null = null;
  /** How often each pixel was met; only where there is more than one instance. */
  const countable = instances.filter(({ isCrowd }) => !isCrowd).length > 1;
  let counts: Uint8Array | null = null;
  let overlapPx = 0;
  for (const instance of instances) {
    const { category, isCrowd } = instance;
    // Whoever notes them goes no further.
    if (faults.length > mostBroken) break;
    const mask = await steppingOver({ onBroken: (fault) => faults.push(fault) }, () => decodeAt(instance));
    if (mask === null) {
      facts.push({ category, isCrowd, ...brokenInstance });
      continue;
    }
    if (masks !== null && !sameSize(masks, mask)) {
      faults.push(new ExpectedError('annotations_invalid', `${instance.place}: its mask is ${sizeText(mask)}, another of the same image ${sizeText(masks)}. Masks of one image have one size.`));
      // Nobody knows which of them is right.
      const all = instances.map((one) => ({ category: one.category, isCrowd: one.isCrowd, ...brokenInstance }));
      return { record: { file, plainFile: plainFile ?? null, place, id, photoPath, size, instances: all, overlapPx: 0, broken: brokenInstances + all.length }, remarks, faults };
    }
    masks ??= { widthPx: mask.widthPx, heightPx: mask.heightPx };
    const area = areaPx(mask);
    facts.push({ category, isCrowd, areaPx: area, isShapeless: !isOwnExport && area === 0 && instance.remarks.length > 0, isBroken: false });
    if (!countable || isCrowd) continue;
    counts ??= new Uint8Array(mask.data.length);
    for (let pixel = 0; pixel < counts.length; pixel++) {
      if (mask.data[pixel] === 0) continue;
      const count = counts[pixel] as number;
      if (count === 1) overlapPx++;
      if (count < 2) counts[pixel] = count + 1;
    }
  }
  if (size !== null && masks !== null && !sameSize(size, masks)) remarks.push({ place, sentence: `The annotations say ${sizeText(size)}, the mask is ${sizeText(masks)}.` });
  return { record: { file, plainFile: plainFile ?? null, place, id, photoPath, size: masks ?? size, instances: facts, overlapPx, broken: brokenInstances + faults.length }, remarks, faults };
};

export interface ReadSource {
  readonly images: readonly ImageRecord[];
  readonly remarks: Findings<RemarkedInstance>;
  readonly broken: Findings<BrokenPart>;
}

/**
 * Reads a source from end to end and decodes every mask, a few at a time; keeps what there is to say of them and no pixels.
 * @param isOwnExport whatever is empty in it is an empty mask
 * @param broken what can be stepped over is noted there
 * @throws ExpectedError for what can't be stepped over, and for what was found broken first where nothing is whole; CancelledError
 */
export async function* readSource(reader: AnnotationReader, isOwnExport: boolean, broken: BrokenParts, signal: AbortSignal | undefined): AsyncGenerator<{ readonly done: number; readonly total: number | null }, ReadSource> {
  const images: ImageRecord[] = [];
  const remarks = new Tally<RemarkedInstance>();
  for await (const read of inOrder(reader.images(), imagesAtATime, (image) => readImage(image, isOwnExport), signal)) {
    for (const fault of read.faults) broken.note(fault);
    images.push({ image: images.length, ...read.record });
    for (const remark of read.remarks) remarks.add(remark);
    yield { done: images.length, total: reader.imageCount };
  }
  if (signal?.aborted === true) throw new CancelledError();
  if (broken.first !== null && images.every(isBroken)) throw broken.first;
  return { images, remarks: remarks.findings(), broken: broken.finish() };
}
