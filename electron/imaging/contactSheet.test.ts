import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeContactSheet } from './contactSheet.ts';
import { createImageCodec } from './imageCodec.ts';
import { letter } from './lettering.ts';
import { tintRgb, tintShare } from './overlay.ts';
import { marked, pixelsOf } from './testing/pictures.ts';

const codec = createImageCodec({ threads: 1 });
const [widthPx, heightPx] = [200, 150];
const photo = () => marked(widthPx, heightPx, { left: 0, top: 0, widthPx: 0, heightPx: 0 }, [0, 0, 0], [100, 100, 100]);
/** The left half. */
const mask = () => codec.encodeMask({ widthPx, heightPx, data: Uint8Array.from({ length: widthPx * heightPx }, (_, index) => (index % widthPx < 100 ? 255 : 0)) });

const tinted = [100, 100, 100].map((value, channel) => Math.round(value * (1 - tintShare) + (tintRgb[channel] as number) * tintShare));

describe('overlayThumbnail', () => {
  it('fits the box, tints the mask and nothing else', async () => {
    const pixels = await pixelsOf(await codec.overlayThumbnail(await photo().png().toBuffer(), await mask(), 100));
    expect([pixels.widthPx, pixels.heightPx]).toEqual([100, 75]);
    const [inside, outside] = [pixels.at(20, 40), pixels.at(80, 40)];
    inside.forEach((value, channel) => expect(Math.abs(value - (tinted[channel] as number))).toBeLessThanOrEqual(6));
    outside.forEach((value) => expect(Math.abs(value - 100)).toBeLessThanOrEqual(4));
  });

  it('never enlarges, and lays the mask on the turned photo', async () => {
    const turned = await photo().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const upright = await codec.encodeMask({ widthPx: heightPx, heightPx: widthPx, data: Uint8Array.from({ length: widthPx * heightPx }, (_, index) => (index < (widthPx * heightPx) / 2 ? 255 : 0)) });
    const pixels = await pixelsOf(await codec.overlayThumbnail(turned, upright, 1000));
    expect([pixels.widthPx, pixels.heightPx]).toEqual([heightPx, widthPx]);
    expect((pixels.at(75, 30)[0] as number) < (pixels.at(75, 170)[0] as number) - 10).toBe(true);
  });
});

describe('makeContactSheet', () => {
  it('has photo, mask and overlay of each asset beside each other', async () => {
    const rows = [
      { photo: await photo().png().toBuffer(), mask: await mask(), label: 'first', note: 'approved' },
      { photo: await photo().jpeg().toBuffer(), mask: null, label: 'a very long name '.repeat(30) },
    ];
    const sheet = await makeContactSheet(rows, { columnWidthPx: 200 });
    expect((await sharp(sheet).metadata()).format).toBe('png');
    const pixels = await pixelsOf(sheet);
    // Frame 16 px, label 26 px below an edge of 8; columns 200 px and 8 px apart.
    const at = (column: number, x: number, y: number) => pixels.at(16 + column * 208 + x, 8 + 26 + y);
    expect(at(0, 50, 75)).toEqual([100, 100, 100]);
    expect([at(1, 50, 75), at(1, 150, 75)]).toEqual([
      [255, 255, 255],
      [0, 0, 0],
    ]);
    expect([at(2, 50, 75), at(2, 150, 75)]).toEqual([tinted, [100, 100, 100]]);
  });
});

describe('makeContactSheet with bad files', () => {
  it('leaves the places of what is lost or broken empty, and shows the rest', async () => {
    const good = { photo: await photo().png().toBuffer(), mask: await mask(), label: 'good' };
    const garbage = new TextEncoder().encode('no picture at all');
    const sheet = await makeContactSheet([{ ...good, photo: null }, { ...good, photo: garbage }, { ...good, mask: garbage }, good], { columnWidthPx: 200 });
    const pixels = await pixelsOf(sheet);
    const at = (row: number, column: number) => pixels.at(16 + column * 208 + 50, 8 + 26 + 75 + row * (26 + 150 + 8));
    const empty = [0x0d, 0x10, 0x14];
    const grey = [100, 100, 100];
    expect([0, 1, 2].map((column) => at(0, column))).toEqual([empty, empty, empty]);
    expect([0, 1, 2].map((column) => at(1, column))).toEqual([empty, empty, empty]);
    expect([0, 1, 2].map((column) => at(2, column))).toEqual([grey, empty, empty]);
    expect([0, 1, 2].map((column) => at(3, column))).toEqual([grey, [255, 255, 255], tinted]);
  });
});

describe('lettering', () => {
  it('draws every character as some ink of its own, and unknown ones as a frame', () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,-_:;/\'"!?()+=#%<>@&*[]|\\';
    const shapes = new Set([...characters].map((character) => Buffer.from(letter(character, 24, 3).coverage).toString('base64')));
    expect(shapes.size).toBe(characters.length);
    expect(letter('猫', 24, 3).coverage).toEqual(letter('犬', 24, 3).coverage);
    expect(letter('', 24, 3).coverage.every((value) => value === 0)).toBe(true);
  });
});
