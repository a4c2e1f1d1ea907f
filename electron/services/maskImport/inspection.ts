import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { BrokenPart, Findings, RemarkedInstance } from '../../../shared/contracts/rpc/maskImports.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { AnnotationReader, ImportFormat } from '../../../shared/ports/importFormat.ts';
import { factsOf } from './assetFacts.ts';
import { IncomingPictures } from './incomingPictures.ts';
import type { ImageMatcher } from './matchImages.ts';
import { nameOf } from './imageNames.ts';
import { photosByName } from './newPhotos.ts';
import type { OwnManifest } from './ownManifest.ts';
import type { MaskImportParts } from './parts.ts';
import type { AssetFacts, ImageRecord, SizePx } from './records.ts';
import { isSamePhoto } from './samePhoto.ts';
import type { Sample } from './samples.ts';

export interface InspectedSource {
  readonly inspectionId: string;
  readonly format: ImportFormat;
  readonly source: AnnotationSource;
  readonly reader: AnnotationReader;
  readonly images: readonly ImageRecord[];
  readonly remarks: Findings<RemarkedInstance>;
  readonly broken: Findings<BrokenPart>;
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
  readonly #samePhotos = new Map<string, Promise<boolean | null>>();
  readonly #photos = new Map<string, Promise<SourcePhoto | string>>();
  /** Whether masks that were made anew bring nothing new: by what is made of them, and the asset that they are for. */
  readonly isSameByKey = new Map<string, boolean>();
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
    this.isSameByKey.clear();
  }

  /** Photos that lie in the source without an annotation saying so, by their names. */
  photosByName(): Promise<ReadonlyMap<string, string>> {
    return (this.#byName ??= this.read.source.files().then((files) => photosByName(files.map(({ path }) => path))));
  }

  /** Path of the photo that came along with an image; null: none did. */
  async photoPathOf({ photoPath, file, plainFile }: ImageRecord): Promise<string | null> {
    if (photoPath !== null) return photoPath;
    const byName = await this.photosByName();
    return byName.get(nameOf(file)) ?? (plainFile === null ? null : (byName.get(nameOf(plainFile)) ?? null));
  }

  #exportedSha256(record: ImageRecord): string | null {
    return this.read.manifest?.get(nameOf(record.file))?.photo_sha256 ?? null;
  }

  /** Whether its export says what photo its mask was made over. */
  hasPhotoDigest(record: ImageRecord): boolean {
    return this.#exportedSha256(record) !== null;
  }

  /** Whether the asset's photo is the one that the export's masks were made over; null: it can't be said. Looked at once: photos are large. */
  isSamePhoto(record: ImageRecord, { kind, id, localPath }: Pick<Asset, 'kind' | 'id' | 'localPath'>): Promise<boolean | null> {
    const exportedSha256 = this.#exportedSha256(record);
    if (exportedSha256 === null) return Promise.resolve(null);
    const key = `${record.image} ${assetKey({ kind, id })}`;
    let same = this.#samePhotos.get(key);
    if (same === undefined) {
      const look = async (): Promise<boolean | null> => {
        const path = await this.photoPathOf(record);
        return isSamePhoto({ localPath, exportedSha256, cameAlong: path === null ? null : () => this.readPhoto(path) }, this.#parts);
      };
      this.#samePhotos.set(key, (same = look()));
    }
    return same;
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
