import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Findings, RemarkedInstance } from '../../../shared/contracts/rpc/maskImports.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { AnnotationReader, ImportFormat } from '../../../shared/ports/importFormat.ts';
import { factsOf } from './assetFacts.ts';
import { IncomingPictures } from './incomingPictures.ts';
import type { ImageMatcher } from './matchImages.ts';
import { photosByName } from './newPhotos.ts';
import type { OwnManifest } from './ownManifest.ts';
import type { MaskImportParts } from './parts.ts';
import type { AssetFacts, ImageRecord, SizePx } from './records.ts';
import type { Sample } from './samples.ts';

export interface InspectedSource {
  readonly inspectionId: string;
  readonly format: ImportFormat;
  readonly source: AnnotationSource;
  readonly reader: AnnotationReader;
  readonly images: readonly ImageRecord[];
  readonly remarks: Findings<RemarkedInstance>;
  readonly manifest: OwnManifest | null;
  readonly matcher: ImageMatcher;
}

/** A photo of the source: its upright size, and how it is turned as it lies there. */
export interface SourcePhoto {
  readonly size: SizePx;
  readonly orientation: number;
}

const maxPhotoBytes = 512 * 2 ** 20;

/** A source that was read from end to end; what is asked of store and photos beside that is asked once. */
export class Inspection {
  readonly read: InspectedSource;
  readonly #parts: MaskImportParts;
  readonly #facts = new Map<string, Promise<AssetFacts | null>>();
  readonly #photos = new Map<string, Promise<SourcePhoto | string>>();
  /** Whether masks that were made anew bring nothing new, by recipeKey. */
  readonly sameByRecipe = new Map<string, boolean>();
  /** Of the latest preview. */
  samples: readonly Sample[] = [];
  readonly pictures: IncomingPictures;
  #byName: Promise<ReadonlyMap<string, string>> | null = null;

  constructor(read: InspectedSource, parts: MaskImportParts) {
    this.read = read;
    this.#parts = parts;
    this.pictures = new IncomingPictures(parts);
  }

  /** Null: not in the store, or of unknown size. @param mask of the image that is to be its own */
  factsOf(asset: AssetRef, mask: SizePx | null): Promise<AssetFacts | null> {
    const key = `${assetKey(asset)} ${mask === null ? '' : `${mask.widthPx}x${mask.heightPx}`}`;
    let facts = this.#facts.get(key);
    if (facts === undefined) this.#facts.set(key, (facts = factsOf(asset, mask, this.#parts)));
    return facts;
  }

  /** What the store says is asked anew: somebody may have worked on it since. */
  forgetFacts(): void {
    this.#facts.clear();
    this.sameByRecipe.clear();
  }

  /** Photos that lie in the source without an annotation saying so, by their names. */
  photosByName(): Promise<ReadonlyMap<string, string>> {
    return (this.#byName ??= this.read.source.files().then((files) => photosByName(files.map(({ path }) => path))));
  }

  /** A sentence where it can't be read. */
  photo(path: string): Promise<SourcePhoto | string> {
    let photo = this.#photos.get(path);
    if (photo === undefined) this.#photos.set(path, (photo = this.#probe(path)));
    return photo;
  }

  async #probe(path: string): Promise<SourcePhoto | string> {
    try {
      const { widthPx, heightPx, orientation } = await this.#parts.codec.probe(await this.readPhoto(path));
      return { size: { widthPx, heightPx }, orientation };
    } catch (error) {
      if (!isExpected(error)) throw error;
      return `Its photo can't be read: ${error.message}`;
    }
  }

  readPhoto(path: string): Promise<Uint8Array> {
    return this.read.source.read(path, maxPhotoBytes);
  }
}
