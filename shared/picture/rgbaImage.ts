/** A decoded photo: upright, sRGB, four bytes a pixel (red, green, blue, alpha), row-major. */
export interface RgbaImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 4 x widthPx x heightPx */
  readonly data: Uint8ClampedArray;
}
