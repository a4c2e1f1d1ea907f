import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { isExpected, sentenceOf, type ExpectedError } from '../../../shared/errors/errors.ts';
import type { AnnotatedImage, ImportFormat } from '../../../shared/ports/importFormat.ts';
import { createImageCodec } from '../../imaging/index.ts';
import { withAllocationLimit } from './fuzz/allocationGuard.ts';
import type { Pick } from './fuzz/hostile.ts';
import { memorySource, type FileMap } from './fuzz/memorySource.ts';
import { mutateFiles } from './fuzz/mutateFiles.ts';

export interface FuzzOptions {
  /** Default 600. */
  readonly numRuns?: number;
  /** Largest mask; the good source's are below. Default 1 megapixel. */
  readonly maxPixels?: number;
  /** Sizes of photos by file name, for formats that say nothing of sizes. */
  readonly sizes?: ReadonlyMap<string, { readonly widthPx: number; readonly heightPx: number }>;
}

/** What an importer may answer to a bad source. */
const answers = ['annotations_invalid', 'file_unreadable', 'image_unreadable', 'image_unsupported', 'image_too_large'] as const;
const isAnswer = (error: unknown): error is ExpectedError => answers.some((code) => isExpected(error, code));

const maxSentence = 1500;

const filesOf = async (folder: string): Promise<FileMap> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Uint8Array>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), new Uint8Array(await readFile(path)));
  }
  return files;
};

const sizeInBytes = (files: FileMap): number => [...files.values()].reduce((sum, { length }) => sum + length, 0);

/** What is told of what was stepped over is an error as any other. */
const noteBroken = (fault: ExpectedError): void => {
  if (!isAnswer(fault)) throw new Error(`told as broken: ${sentenceOf(fault)}`, { cause: fault });
  if (fault.message.length > maxSentence) throw new Error(`a sentence of ${fault.message.length} characters: ${fault.message.slice(0, 200)}`);
};

interface Reading {
  readonly images: number;
  readonly masks: number;
}

/** Reads everything once, and holds what is read to what the port promises. @throws ExpectedError; Error where a promise is broken */
const readEverything = async (format: ImportFormat, files: FileMap, { maxPixels, sizes }: Required<Omit<FuzzOptions, 'numRuns'>>, onBroken?: (fault: ExpectedError) => void): Promise<Reading> => {
  const source = memorySource(files);
  const codec = createImageCodec({ maxMegapixels: maxPixels / 1e6, threads: 1 });
  const sure = await format.recognise(source, { codec, maxPixels }).catch((error: unknown) => {
    throw new Error(`recognise may not throw: ${sentenceOf(error)}`, { cause: error });
  });
  if (!(sure >= 0 && sure <= 1)) throw new Error(`recognise answered ${sure}`);
  const reader = await format.open(source, { codec, maxPixels, onBroken, sizeOf: async ({ file }) => sizes.get(file) ?? null });
  const most = sizeInBytes(files) + 1000;
  let images = 0;
  let masks = 0;
  const checked = async (image: AnnotatedImage): Promise<void> => {
    if (image.photoPath !== null && !files.has(image.photoPath)) throw new Error(`photoPath ${image.photoPath} is not in the source`);
    for (const instance of image.instances) {
      if (!reader.categories.includes(instance.category)) throw new Error(`category ${instance.category} is none of the reader's`);
      const { widthPx, heightPx, data } = await instance.mask();
      if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || widthPx < 1 || heightPx < 1) throw new Error(`a mask of ${widthPx} x ${heightPx}`);
      if (widthPx * heightPx > maxPixels) throw new Error(`a mask of ${widthPx} x ${heightPx} where ${maxPixels} pixels are the most`);
      if (data.length !== widthPx * heightPx) throw new Error(`a mask of ${widthPx} x ${heightPx} has ${data.length} bytes`);
      if (data.some((value) => value !== 0 && value !== 255)) throw new Error('a mask with values other than 0 and 255');
      if (++masks > most) throw new Error('more masks than bytes');
    }
  };
  for await (const image of reader.images()) {
    if (++images > most) throw new Error('more images than bytes');
    await checked(image);
  }
  if (onBroken === undefined && images !== reader.imageCount) throw new Error(`imageCount is ${reader.imageCount}, and there are ${images} images`);
  return { images, masks };
};

/** Even: fast-check's doubles crowd at 0 and 1, and its integers at their ends, where a file has little to break. */
const even = (max: number): fc.Arbitrary<number> => fc.noBias(fc.nat(max));
const pick: fc.Arbitrary<Pick> = fc.record({ file: even(63), means: even(63), way: even(511), place: even(9999).map((part) => part / 10_000), amount: even(511) });

/**
 * Breaks a good source in many ways (cut off, flipped, wrong types, huge counts, path tricks, run lengths that overrun, sizes of 10^9, deep nesting) and sees
 * that the importer reads what there is or answers with an error of its own, allocates nothing by a mere claim, and keeps what its port promises.
 * The source is held in memory and the importer is given nothing else: formats don't touch the disk themselves.
 * @param makeGoodFolder writes files that the format reads without a fault, into an empty folder; small ones, so that a hit matters
 * @throws Error with what was done to the files
 */
export const fuzzImport = async (format: ImportFormat, makeGoodFolder: (folder: string) => Promise<unknown>, options: FuzzOptions = {}): Promise<void> => {
  const { numRuns = 600, maxPixels = 1e6, sizes = new Map() } = options;
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-fuzz-'));
  let good: FileMap;
  try {
    await makeGoodFolder(folder);
    good = await filesOf(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
  const limits = { maxPixels, sizes };
  const { masks } = await readEverything(format, good, limits);
  if (masks === 0) throw new Error('The good source has no mask: nothing would be tried.');
  if ((await format.recognise(memorySource(good), { codec: createImageCodec(), maxPixels })) === 0) throw new Error('The good source is not recognised.');

  const tried = await fc.check(
    fc.asyncProperty(fc.array(pick, { minLength: 1, maxLength: 3 }), async (picks) => {
      const done: string[] = [];
      let files = good;
      // Every other one goes on without what is broken.
      const stepsOver = picks.length % 2 === 0;
      for (const one of picks) {
        const mutation = mutateFiles(files, one);
        files = mutation.files;
        done.push(mutation.did);
      }
      try {
        await withAllocationLimit(8 * maxPixels + 16 * sizeInBytes(files) + 4 * 2 ** 20, () => readEverything(format, files, limits, stepsOver ? noteBroken : undefined));
      } catch (error) {
        if (!isAnswer(error)) throw new Error(`After ${done.join('; ')}: ${sentenceOf(error)}`, { cause: error });
        if (error.message.length > maxSentence) throw new Error(`After ${done.join('; ')}: a sentence of ${error.message.length} characters: ${error.message.slice(0, 200)}`, { cause: error });
      }
    }),
    { numRuns },
  );
  if (tried.failed) throw new Error(`${sentenceOf(tried.errorInstance)}\n(seed ${tried.seed}, path ${tried.counterexamplePath ?? ''})`, { cause: tried.errorInstance });
};
