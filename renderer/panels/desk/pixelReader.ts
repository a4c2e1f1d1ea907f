import { present } from '../../../shared/errors/errors.ts';

/** Single pixels of bitmaps: one is drawn onto a canvas of its own, which is kept where it can be read. */
export class PixelReader {
  readonly #context = present(new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true }), 'A canvas of one pixel');

  /** @param x @param y shares of the bitmap, 0..1 @returns 8-bit sRGB */
  read(bitmap: ImageBitmap, x: number, y: number): readonly [red: number, green: number, blue: number] {
    const at = (share: number, length: number): number => Math.min(length - 1, Math.floor(share * length));
    this.#context.drawImage(bitmap, at(x, bitmap.width), at(y, bitmap.height), 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = this.#context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  }
}
