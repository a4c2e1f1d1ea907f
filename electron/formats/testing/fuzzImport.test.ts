import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { emptyBitmap } from '../../../shared/mask/bitmap.ts';
import type { AnnotationReader, ImportFormat } from '../../../shared/ports/importFormat.ts';
import { maskPngImport } from '../maskPng.ts';
import { fuzzImport } from './fuzzImport.ts';

interface Sample {
  readonly name: string;
  readonly size: readonly [number, number];
}

/** A small format, once careful and once careless in one way each. */
const sampleFormat = (maskOf: (sample: Sample) => { widthPx: number; heightPx: number; data: Uint8Array }, parse: (text: string) => unknown): ImportFormat => ({
  ...maskPngImport,
  recognise: async (source) => ((await source.files()).some(({ path }) => path === 'samples.json') ? 1 : 0),
  open: async (source): Promise<AnnotationReader> => {
    const samples = parse(new TextDecoder().decode(await source.read('samples.json'))) as readonly Sample[];
    return {
      categories: ['thing'],
      imageCount: samples.length,
      images: async function* () {
        for (const sample of samples) {
          const instances = [{ place: 'here', category: 'thing', isCrowd: false, remarks: [], mask: async () => maskOf(sample) }];
          yield { place: 'here', file: sample.name, id: null, size: null, photoPath: null, instances };
        }
      },
    };
  },
});

const good = (folder: string): Promise<void> => writeFile(join(folder, 'samples.json'), JSON.stringify([{ name: 'a.png', size: [3, 4] }, { name: 'b.png', size: [5, 2] }]));

test('an importer that allocates what a file claims is found out', async () => {
  const careful = (text: string): readonly Sample[] => {
    try {
      const samples = JSON.parse(text) as readonly Sample[];
      if (samples.every(({ size, name }) => typeof name === 'string' && Array.isArray(size) && size.length === 2 && size.every((side) => Number.isSafeInteger(side) && side > 0))) return samples;
    } catch (error) {
      throw new ExpectedError('annotations_invalid', 'samples.json is no list of samples.', { cause: error });
    }
    throw new ExpectedError('annotations_invalid', 'samples.json has a sample without a size.');
  };
  const careless = sampleFormat(({ size: [widthPx, heightPx] }) => emptyBitmap(widthPx, heightPx), careful);
  await expect(fuzzImport(careless, good, { numRuns: 1000 })).rejects.toThrow(/Uint8Array of \d+ bytes|pixels are the most/);
});

test('an importer that trusts its JSON is found out', async () => {
  const trusting = sampleFormat(() => emptyBitmap(3, 4), JSON.parse);
  await expect(fuzzImport(trusting, good, { numRuns: 1000 })).rejects.toThrow(/After samples\.json/);
});

test('a source without masks proves nothing, and is said to', async () => {
  await expect(fuzzImport(maskPngImport, (folder) => writeFile(join(folder, 'notes.txt'), 'nothing'))).rejects.toThrow('nothing would be tried');
});
