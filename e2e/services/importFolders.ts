import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

export interface MadeFolder {
  readonly folder: string;
  /** Paths inside the folder. */
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

/** EXIF orientation 6: stored lying on its side, the camera was turned by 90°. */
const turned = 6;

/** A shop's folder: three products in the formats that cameras and exports leave, with what such folders have gone wrong in them. */
export const makeProductFolder = async (folder: string, photos: readonly string[]): Promise<MadeFolder> => {
  const [boot, car, laptop] = photos as readonly [string, string, string];
  for (const product of ['boot', 'car', 'laptop']) await mkdir(join(folder, product), { recursive: true });
  await sharp(boot).rotate(-90).withMetadata({ orientation: turned }).jpeg().toFile(join(folder, 'boot', 'turned.jpg'));
  await sharp(boot).toColourspace('cmyk').tiff().toFile(join(folder, 'boot', 'print.tif'));
  await sharp(car).webp().toFile(join(folder, 'car', 'side.webp'));
  await sharp(car).resize(600).toColourspace('rgb16').png().toFile(join(folder, 'car', 'raw 16 bit.png'));
  await sharp(laptop).resize(400).avif({ effort: 0 }).toFile(join(folder, 'laptop', 'open.avif'));
  const whole = await readFile(laptop);
  await writeFile(join(folder, 'laptop', 'torn.jpg'), whole.subarray(0, Math.floor(whole.length / 3)));
  await writeFile(join(folder, 'laptop', 'order.jpg'), 'Three photos by Friday, please.\n');
  await writeFile(join(folder, 'laptop', 'empty.png'), '');
  await symlink(photos[0] as string, join(folder, 'laptop', 'elsewhere.jpg'));
  return {
    folder,
    good: ['boot/print.tif', 'boot/turned.jpg', 'car/raw 16 bit.png', 'car/side.webp', 'laptop/open.avif'],
    bad: ['laptop/elsewhere.jpg', 'laptop/empty.png', 'laptop/order.jpg', 'laptop/torn.jpg'],
  };
};

/** One video's keyframes, one of them without a time in its name. */
export const makeKeyframeFolder = async (folder: string, photos: readonly string[]): Promise<MadeFolder> => {
  await mkdir(join(folder, 'unboxing'), { recursive: true });
  const names = ['frame_1.5s.jpg', 'frame_12s.jpg', 'thumbnail.jpg'];
  for (const [index, name] of names.entries()) await copyFile(photos[index] as string, join(folder, 'unboxing', name));
  return { folder, good: ['unboxing/frame_1.5s.jpg', 'unboxing/frame_12s.jpg'], bad: ['unboxing/thumbnail.jpg'] };
};

/** Many copies of one photo, each a product of its own. */
export const makeLargeFolder = async (folder: string, photo: string, count: number): Promise<string> => {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++) await copyFile(photo, join(folder, `item-${String(index).padStart(3, '0')}.jpg`));
  return folder;
};
