import sharp, { type Sharp } from 'sharp';

/** Real encoded pictures for tests, made by the library itself. */
export type Rgb = readonly [number, number, number];

/** A plain ground with a coloured rectangle on it. */
export const marked = (
  widthPx: number,
  heightPx: number,
  mark: { readonly left: number; readonly top: number; readonly widthPx: number; readonly heightPx: number },
  colour: Rgb = [230, 20, 30],
  ground: Rgb = [40, 60, 200],
): Sharp => {
  const data = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const inside = x >= mark.left && x < mark.left + mark.widthPx && y >= mark.top && y < mark.top + mark.heightPx;
      data.set(inside ? colour : ground, (y * widthPx + x) * 3);
    }
  }
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
};

/** Texture that compresses badly, so that files are long enough to be cut. */
export const textured = (widthPx: number, heightPx: number): Sharp => {
  const data = Buffer.alloc(widthPx * heightPx * 3);
  let state = 12345;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    data[index] = 60 + ((state >>> 16) % 130);
  }
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
};

/** Where a stored pixel is seen: EXIF 2.32, table 6 (tag 0x0112): 0th row and column of each orientation. */
export const uprightPlace = (orientation: number, x: number, y: number, storedWidthPx: number, storedHeightPx: number): readonly [number, number] => {
  const [right, bottom] = [storedWidthPx - 1 - x, storedHeightPx - 1 - y];
  const places: readonly (readonly [number, number])[] = [[x, y], [right, y], [right, bottom], [x, bottom], [y, x], [bottom, x], [bottom, right], [y, right]];
  return places[orientation - 1] as readonly [number, number];
};

export const pixelsOf = async (bytes: Uint8Array) => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return {
    widthPx: info.width,
    heightPx: info.height,
    channels: info.channels,
    at: (x: number, y: number): number[] => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x + 1) * info.channels)],
  };
};

/** CRC-32 as in the PNG specification, annex D. */
const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
};

export const pngChunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The header of a PNG of that size, and nothing to fill it. */
export const pngBomb = (widthPx: number, heightPx: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([pngSignature, pngChunk('IHDR', header), pngChunk('IDAT', Buffer.from([0x78, 0x9c, 0x63, 0, 0])), pngChunk('IEND', Buffer.alloc(0))]);
};

/** Puts a chunk right behind a PNG's header. */
export const withChunk = (png: Uint8Array, type: string, data: Uint8Array): Buffer =>
  Buffer.concat([png.subarray(0, 33), pngChunk(type, data), png.subarray(33)]);
