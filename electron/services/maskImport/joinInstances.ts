import type { ImportDecisions } from '../../../shared/domain/importDecisions.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import type { InstanceFacts, SizePx } from './records.ts';

export type JoinDecisions = Pick<ImportDecisions, 'categories' | 'several' | 'crowd'>;

const useOf = (category: string, { categories }: JoinDecisions): 'add' | 'subtract' | 'ignore' => (Object.hasOwn(categories, category) ? (categories[category] ?? 'add') : 'add');

/** Which instances make an image's mask, by their place in the image. */
export interface Joined {
  readonly add: readonly number[];
  readonly subtract: readonly number[];
  /** How many there were to add, before the largest was chosen. */
  readonly several: number;
}

export const chooseInstances = (instances: readonly InstanceFacts[], decisions: JoinDecisions): Joined => {
  const used = instances.map((instance, index) => ({ ...instance, index })).filter(({ isCrowd, isShapeless, isBroken }) => !isShapeless && !isBroken && (!isCrowd || decisions.crowd === 'use'));
  const add = used.filter(({ category }) => useOf(category, decisions) === 'add');
  const subtract = used.filter(({ category }) => useOf(category, decisions) === 'subtract');
  // Of two that are as large as each other, the first.
  const largest = add.reduce<(typeof add)[number] | null>((best, one) => (best === null || one.areaPx > best.areaPx ? one : best), null);
  const kept = decisions.several === 'largest' && largest !== null ? [largest] : add;
  return { add: kept.map(({ index }) => index), subtract: subtract.map(({ index }) => index), several: add.length };
};

/** All that are to be added, less all that are to be taken away. @param size of the mask where there is none to add */
export const joinMasks = async (joined: Joined, size: SizePx, maskOf: (index: number) => Promise<Bitmap>): Promise<Bitmap> => {
  const [first, ...others] = joined.add;
  if (first === undefined) return emptyBitmap(size.widthPx, size.heightPx);
  const whole = await maskOf(first);
  if (others.length + joined.subtract.length === 0) return whole;
  const data = whole.data.slice();
  for (const index of others) {
    const more = (await maskOf(index)).data;
    for (let pixel = 0; pixel < data.length; pixel++) data[pixel] = (data[pixel] as number) | (more[pixel] as number);
  }
  for (const index of joined.subtract) {
    const less = (await maskOf(index)).data;
    for (let pixel = 0; pixel < data.length; pixel++) data[pixel] = (data[pixel] as number) & ~(less[pixel] as number);
  }
  return { ...whole, data };
};
