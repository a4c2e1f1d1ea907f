import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { AnnotatedImage, AnnotationReader } from '../../../shared/ports/importFormat.ts';
import { resultOf } from '../resultOf.ts';
import { BrokenParts } from './brokenParts.ts';
import { readSource, type ReadSource } from './readSource.ts';

/** Its one mask is found broken after so many milliseconds; null: it is whole. */
const image = (name: string, brokenAfterMs: number | null): AnnotatedImage => ({
  place: name,
  file: name,
  id: null,
  size: null,
  photoPath: null,
  instances: [
    {
      place: name,
      category: 'product',
      isCrowd: false,
      remarks: [],
      mask: async () => {
        if (brokenAfterMs === null) return { data: new Uint8Array([255]), widthPx: 1, heightPx: 1 };
        await after(brokenAfterMs);
        throw new ExpectedError('annotations_invalid', `${name} is broken.`);
      },
    },
  ],
});

const readAll = async (images: readonly AnnotatedImage[]): Promise<ReadSource> => {
  const reader: AnnotationReader = {
    categories: ['product'],
    imageCount: images.length,
    async *images() {
      yield* images;
    },
  };
  return resultOf(readSource(reader, false, new BrokenParts(), undefined));
};

test('faults are told in the images’ order, whichever of those read at a time is done first', async () => {
  const { broken } = await readAll([image('a', 40), image('b', 20), image('c', 0), image('d', null)]);
  expect(broken.examples.map(({ sentence }) => sentence)).toEqual(['a is broken.', 'b is broken.', 'c is broken.']);
});

test('where nothing is whole the error is the fault of the first image', async () => {
  await expect(readAll([image('a', 20), image('b', 0)])).rejects.toMatchObject({ message: 'a is broken.' });
});
