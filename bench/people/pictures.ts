import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { decodeRgb, encodePng } from '../../electron/imaging/index.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { boundingBox } from '../../shared/mask/boundingBox.ts';
import type { ImageCodec, RgbImage } from '../../shared/ports/imageCodec.ts';

/** A picture of which it is known where its people are, and its product where there is one. */
export interface PeoplePicture {
  readonly id: string;
  /** people: a photo as it is · front: a product pasted before a person · behind: a person pasted before a product */
  readonly kind: 'people' | 'front' | 'behind';
  readonly photo: Uint8Array;
  readonly person: Bitmap;
  readonly product: Bitmap | null;
}

const entrySchema = z.array(z.object({ cls: z.string(), image: z.string(), mask: z.string(), area: z.number() }));

interface Cutout {
  readonly id: string;
  readonly picture: RgbImage;
  readonly mask: Bitmap;
}

/** Pixels of `cutout` inside its mask over `onto`, scaled and moved: nearest neighbour at the edge, so that the truth is exact. @returns where it came to lie */
const paste = (onto: RgbImage, { picture, mask }: Cutout, scale: number, centreX: number, centreY: number): Bitmap => {
  const box = boundingBox(mask);
  const covered: Bitmap = { widthPx: onto.widthPx, heightPx: onto.heightPx, data: new Uint8Array(onto.widthPx * onto.heightPx) };
  if (box === null) return covered;
  const [width, height] = [Math.round(box.widthPx * scale), Math.round(box.heightPx * scale)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [toX, toY] = [Math.round(centreX - width / 2) + x, Math.round(centreY - height / 2) + y];
      if (toX < 0 || toY < 0 || toX >= onto.widthPx || toY >= onto.heightPx) continue;
      const [fromX, fromY] = [box.xPx + Math.floor((x + 0.5) / scale), box.yPx + Math.floor((y + 0.5) / scale)];
      const from = Math.min(mask.heightPx - 1, fromY) * mask.widthPx + Math.min(mask.widthPx - 1, fromX);
      if (mask.data[from] === 0) continue;
      const to = toY * onto.widthPx + toX;
      covered.data[to] = 255;
      for (let channel = 0; channel < 3; channel++) onto.data[3 * to + channel] = picture.data[3 * from + channel] as number;
    }
  }
  return covered;
};

const without = (a: Bitmap, b: Bitmap): Bitmap => ({ ...a, data: a.data.map((value, at) => value & ~(b.data[at] as number)) });
/** Of a Buffer, `slice` would be the same memory. */
const copied = (picture: RgbImage): RgbImage => ({ ...picture, data: new Uint8Array(picture.data) });

/** No products; people's models take their coats for clothes. */
const animals = /giraffe|zebra|dog|cat|horse|cow|sheep|bear|elephant|bird/;

/** Sides of the pasted piece by those of what it is pasted on. */
const productShare = 0.6;
const personShare = 0.9;

/**
 * Photos of people with their true masks, and pictures composed of them and of products' photos: a product before a person, and a person before a product, who hides a
 * part of it. Composed pictures have hard edges and wrong light: they tell what is cut away, not how fine an edge is.
 * @param folder with testset.json (cls, image, mask, area), images/ and masks/; masks of one image whose class names a person are people
 */
export const peoplePictures = async (folder: string, codec: ImageCodec, mostProducts: number): Promise<readonly PeoplePicture[]> => {
  const entries = entrySchema.parse(JSON.parse(await readFile(join(folder, 'testset.json'), 'utf8')));
  const isPerson = ({ cls }: { cls: string }): boolean => /person/.test(cls);
  const photoOf = (image: string): Promise<Uint8Array> => readFile(join(folder, 'images', image));
  const people = new Map<string, Bitmap>();
  for (const entry of entries.filter(isPerson)) {
    const mask = await codec.decodeMask(await readFile(join(folder, 'masks', entry.mask)));
    const known = people.get(entry.image);
    people.set(entry.image, known === undefined ? mask : { ...mask, data: mask.data.map((value, at) => value | (known.data[at] as number)) });
  }
  const products: Cutout[] = [];
  for (const { image, mask, area } of entries.filter((entry) => !isPerson(entry) && !animals.test(entry.cls) && entry.area > 0.05 && entry.area < 0.4 && !people.has(entry.image)).slice(0, mostProducts)) {
    products.push({ id: `${image} ${area}`, picture: await decodeRgb(await photoOf(image), 100), mask: await codec.decodeMask(await readFile(join(folder, 'masks', mask))) });
  }
  const pictures: PeoplePicture[] = [];
  for (const [image, person] of people) {
    const photo = await photoOf(image);
    pictures.push({ id: image, kind: 'people', photo, person, product: null });
    const whole = await decodeRgb(photo, 100);
    const box = boundingBox(person);
    if (box === null) continue;
    for (const product of products) {
      const id = `${image} and ${product.id}`;
      const itsBox = boundingBox(product.mask);
      if (itsBox === null) continue;
      const onPerson = copied(whole);
      const scale = productShare * Math.min(box.widthPx / itsBox.widthPx, box.heightPx / itsBox.heightPx);
      const front = paste(onPerson, product, scale, box.xPx + box.widthPx / 2, box.yPx + 0.65 * box.heightPx);
      pictures.push({ id, kind: 'front', photo: await encodePng(onPerson), person: without(person, front), product: front });
      const onProduct = copied(product.picture);
      const personScale = personShare * Math.min(itsBox.heightPx / box.heightPx, itsBox.widthPx / box.widthPx);
      // Over one side of it, so that most of the product is still to be seen.
      const before = paste(onProduct, { id: image, picture: whole, mask: person }, personScale, itsBox.xPx, itsBox.yPx + 0.6 * itsBox.heightPx);
      pictures.push({ id, kind: 'behind', photo: await encodePng(onProduct), person: before, product: without(product.mask, before) });
    }
  }
  return pictures;
};
