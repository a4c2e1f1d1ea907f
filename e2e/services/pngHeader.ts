import { readFile } from 'node:fs/promises';

export interface PngHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitDepth: number;
  /** 0: one channel of grey. */
  readonly colourType: number;
}

/** The first chunk of a PNG (W3C PNG, 11.2.1), read from the bytes themselves. @throws when the file is none */
export const readPngHeader = async (path: string): Promise<PngHeader> => {
  const bytes = await readFile(path);
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') throw new Error(`${path} is not a PNG`);
  return { widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20), bitDepth: bytes.readUInt8(24), colourType: bytes.readUInt8(25) };
};
