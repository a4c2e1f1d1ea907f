import type { IncomingPicture, PictureSide, PresentMask } from '../../../shared/contracts/rpc/maskImports.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { iou } from '../../../shared/metrics/iou.ts';
import type { AnnotatedImage } from '../../../shared/ports/importFormat.ts';
import { sha256Hex } from '../../base/hash.ts';
import { inOrder } from '../export/inOrder.ts';
import { decodedStanding } from './alreadyThere.ts';
import { incomingMask, recipeKey } from './incomingMask.ts';
import type { Inspection } from './inspection.ts';
import type { MaskImportParts } from './parts.ts';
import { pickImages } from './pickImages.ts';
import { sameSize, type AssetFacts } from './records.ts';
import type { Sample } from './samples.ts';

/** Both sizes of a picture as WebP files. */
export type PictureFiles = Readonly<Record<PictureSide, Uint8Array>>;

const sidesPx = { small: 288, large: 1200 } as const satisfies Record<PictureSide, number>;
const atATime = 2;
/** Two previews' worth: what was decided one way and back is not made again. */
const mostKept = 24;

const headOf = ({ asset, revisions }: AssetFacts): AssetFacts['revisions'][number] | null => revisions.find(({ revisionId }) => revisionId === asset.headRevisionId) ?? null;

interface Made {
  readonly files: PictureFiles;
  readonly iou: number | null;
  readonly present: PresentMask;
}

/** Pictures of some masks over their photos, made when somebody looks, the newest kept. */
export class IncomingPictures {
  readonly #kept = new Map<string, Made>();
  readonly #parts: MaskImportParts;

  constructor(parts: MaskImportParts) {
    this.#parts = parts;
  }

  files(pictureId: string): PictureFiles | null {
    return this.#kept.get(pictureId)?.files ?? null;
  }

  /** Told one by one, those that are made already first; one that can't be made says why. @throws ExpectedError as AnnotationReader.images; CancelledError */
  async *of(samples: readonly Sample[], inspection: Inspection, signal: AbortSignal | undefined): AsyncGenerator<IncomingPicture> {
    const open = new Map<number, Sample>();
    for (const sample of samples) {
      const { image } = sample.sample;
      const pictureId = this.#idOf(sample);
      const made = this.#kept.get(pictureId);
      if (made === undefined) open.set(image, sample);
      else yield { image, pictureId, iou: made.iou, present: made.present, trouble: null };
    }
    yield* inOrder(pickImages(inspection.read.reader, open), atATime, ({ image, of }) => this.#tell(image, of, inspection), signal);
  }

  /** Changes with whatever the picture shows. */
  #idOf({ recipe, of }: Sample): string {
    const photo = 'facts' in of ? `${of.facts.asset.localPath} ${of.facts.asset.headRevisionId ?? ''}` : of.photo.photoPath;
    return sha256Hex(`${recipeKey(recipe)}\n${photo}`).slice(0, 32);
  }

  async #tell(image: AnnotatedImage, sample: Sample, inspection: Inspection): Promise<IncomingPicture> {
    const common = { image: sample.sample.image };
    try {
      const made = await this.#make(image, sample, inspection);
      const pictureId = this.#idOf(sample);
      this.#kept.set(pictureId, made);
      for (const oldest of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(oldest);
      return { ...common, pictureId, iou: made.iou, present: made.present, trouble: null };
    } catch (error) {
      if (!isExpected(error)) throw error;
      return { ...common, pictureId: null, iou: null, present: 'none', trouble: error.message };
    }
  }

  async #make(image: AnnotatedImage, { recipe, of }: Sample, inspection: Inspection): Promise<Made> {
    const { blobs, codec, orientation } = this.#parts;
    const { mask } = await incomingMask(image, recipe, this.#parts);
    const isOfStore = 'facts' in of;
    const photo = isOfStore ? await blobs.get(blobs.keyOfPath(of.facts.asset.localPath)) : await inspection.readPhoto(of.photo.photoPath);
    const head = isOfStore ? headOf(of.facts) : null;
    const present: Bitmap | null = head === null ? null : await decodedStanding(head, this.#parts);
    const draw = (side: PictureSide, beside: Bitmap | null): Promise<Uint8Array> => codec.comparedMasks(photo, mask, beside, sidesPx[side], isOfStore ? orientation : 'exif');
    // Small, a second line would only blur the first.
    const files = { small: await draw('small', null), large: await draw('large', present) };
    if (present === null) return { files, iou: null, present: head === null ? 'none' : 'unreadable' };
    return sameSize(present, mask) ? { files, iou: iou(mask, present), present: 'comparable' } : { files, iou: null, present: 'otherSize' };
  }
}
