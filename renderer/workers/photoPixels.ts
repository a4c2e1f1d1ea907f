import { decodeError, type ErrorWire } from '../../shared/errors/codec.ts';
import { ExpectedError, present } from '../../shared/errors/errors.ts';
import type { RgbaImage } from '../../shared/picture/rgbaImage.ts';

/** Both panes' photos, as long as they are not too large for that together. */
const mostPhotos = 2;
const mostBytes = 500_000_000;
/** A photo of 24 MP is 96 MB: nobody has used a tool on it for a while. */
const idleMs = 60_000;
/** Rows drawn at a time: a canvas as large as the photo would hold all of its pixels once more. */
const bandRows = 1024;

interface Kept {
  readonly assetKey: string;
  readonly image: Promise<RgbaImage>;
  bytes: number;
}

const isWire = (value: unknown): value is ErrorWire => typeof value === 'object' && value !== null && 'kind' in value && 'message' in value;

const fetchPhoto = async (url: string): Promise<Blob> => {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new ExpectedError('offline', 'The photo could not be fetched.', { cause });
  });
  if (response.ok) return response.blob();
  const wire: unknown = await response.json().catch(() => null);
  throw isWire(wire) ? decodeError(wire) : new ExpectedError('offline', `The photo could not be fetched (status ${response.status}).`);
};

const decode = async (file: Blob): Promise<RgbaImage> => {
  const bitmap = await createImageBitmap(file).catch((cause: unknown) => {
    throw new ExpectedError('image_unreadable', 'The photo could not be decoded.', { cause });
  });
  const { width, height } = bitmap;
  const data = new Uint8ClampedArray(width * height * 4);
  const canvas = new OffscreenCanvas(width, Math.min(bandRows, height));
  const context = present(canvas.getContext('2d', { willReadFrequently: true }), 'A canvas context');
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, top, width, rows, 0, 0, width, rows);
    data.set(context.getImageData(0, 0, width, rows).data, top * width * 4);
  }
  bitmap.close();
  return { widthPx: width, heightPx: height, data };
};

/** The pixels of the photos that are being worked on. */
export class PhotoPixels {
  /** Least recently used first. */
  #kept: Kept[] = [];
  #idle: ReturnType<typeof setTimeout> | null = null;

  /** @throws ExpectedError when it can't be fetched or decoded; asking again tries again */
  of(assetKey: string, url: string): Promise<RgbaImage> {
    const known = this.#kept.find((kept) => kept.assetKey === assetKey);
    const kept = known ?? this.#load(assetKey, url);
    this.#kept = [...this.#kept.filter((other) => other !== kept), kept];
    this.#drop();
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#kept = [];
    }, idleMs);
    return kept.image;
  }

  #load(assetKey: string, url: string): Kept {
    const image = fetchPhoto(url).then(decode);
    const kept: Kept = { assetKey, image, bytes: 0 };
    image.then(
      ({ data }) => {
        kept.bytes = data.length;
        this.#drop();
      },
      () => {
        this.#kept = this.#kept.filter((other) => other !== kept);
      },
    );
    return kept;
  }

  /** The one in use stays, however large. */
  #drop(): void {
    while (this.#kept.length > 1 && (this.#kept.length > mostPhotos || this.#kept.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes)) this.#kept.shift();
  }
}
