import { expect, it } from 'vitest';
import { createImageCodec, encodePng } from '../imaging/index.ts';
import { asId, type ModelId, type Sha256 } from '../../shared/domain/ids.ts';
import { sameBitmap } from '../../shared/mask/bitmap.ts';
import { combineParts } from '../../shared/mask/combineParts.ts';
import { decodedOnce } from '../segmenters/recipe/decodedOnce.ts';
import type { PartMaker } from '../segmenters/recipe/partMaker.ts';
import { recipeSegmenter, type RecipePart } from '../segmenters/recipe/recipeSegmenter.ts';
import { recipeSettingsSchema, stepsOf, type RecipeStep } from '../segmenters/recipe/recipeSettings.ts';

const codec = createImageCodec({ threads: 1 });
const picture = { widthPx: 8, heightPx: 4, data: Uint8Array.from({ length: 96 }, (_, at) => (at * 37) % 256) };

/** Finds the columns from..to. */
const columns = (id: string, from: number, to: number, isApplied = true, confidence = 0.9): PartMaker => ({
  modelId: asId<ModelId>(id),
  weightsSha256: asId<Sha256>(id),
  otherWeights: [],
  make: async ({ widthPx, heightPx, wantMatte }) => {
    const data = Uint8Array.from({ length: widthPx * heightPx }, (_, at) => (at % widthPx >= from && at % widthPx < to ? 255 : 0));
    return { mask: { widthPx, heightPx, data }, matte: wantMatte ? data.map((value) => (value === 0 ? 30 : 200)) : null, isApplied, note: isApplied ? null : 'Nobody.', executionProvider: 'cpu', inferenceMs: 2, confidence };
  },
});
const [whole, people] = stepsOf(recipeSettingsSchema.parse({})) as [RecipeStep, RecipeStep];
const recipe = (...parts: readonly RecipePart[]) => recipeSegmenter(asId<ModelId>('product'), parts, decodedOnce(codec));

it('is foreground minus people, kept with its parts, from which the mask can be made again', async () => {
  const result = await recipe({ step: whole, maker: columns('a', 1, 6) }, { step: people, maker: columns('b', 4, 8, true, 0.4) }).segment(await encodePng(picture), { wantMatte: true });
  expect([...result.mask.data.subarray(0, 8)]).toEqual([0, 255, 255, 255, 0, 0, 0, 0]);
  expect([...(result.matte ?? []).slice(0, 8)]).toEqual([30, 200, 200, 200, 0, 0, 0, 0]);
  expect(result.run).toMatchObject({ modelId: 'product', executionProvider: 'cpu', inferenceMs: 4, confidence: 0.4 });
  expect(result.parts?.map(({ role, operation, areaPx, isApplied }) => [role, operation, areaPx, isApplied])).toEqual([['foreground', 'add', 20, true], ['people', 'subtract', 16, true]]);
  const again = combineParts((result.parts ?? []).map(({ operation, mask, isApplied }) => ({ operation, mask, isOn: isApplied })), result.mask);
  expect(sameBitmap(again, result.mask)).toBe(true);
});

it('keeps a part that is not applied, with its reason', async () => {
  const { mask, parts, run } = await recipe({ step: whole, maker: columns('a', 1, 6) }, { step: people, maker: columns('b', 4, 8, false, 0.1) }).segment(await encodePng(picture), {});
  expect([...mask.data.subarray(0, 8)]).toEqual([0, 255, 255, 255, 255, 255, 0, 0]);
  expect(parts?.[1]).toMatchObject({ isApplied: false, note: 'Nobody.', areaPx: 16 });
  expect(run.confidence).toBe(0.9);
});

it('is the same work for the same weights and settings alone', () => {
  const digest = (step: RecipeStep, weights: string) => recipe({ step: whole, maker: columns('a', 1, 6) }, { step, maker: columns(weights, 4, 8) }).weightsSha256;
  expect(digest(people, 'b')).toBe(digest({ ...people }, 'b'));
  expect(digest(people, 'b')).not.toBe(digest(people, 'c'));
  expect(digest(people, 'b')).not.toBe(digest({ ...people, threshold: 0.6 }, 'b'));
  expect(digest(people, 'b')).not.toBe(digest({ ...people, operation: 'intersect' }, 'b'));
});

it('reads settings: standard steps, steps in full, none for people', () => {
  expect(stepsOf(recipeSettingsSchema.parse({})).map(({ role, operation, model }) => [role, operation, model])).toEqual([['foreground', 'add', 'isnet-quint8'], ['people', 'subtract', 'selfie-multiclass']]);
  expect(stepsOf(recipeSettingsSchema.parse({ people: 'none' }))).toHaveLength(1);
  expect(recipeSettingsSchema.safeParse({ steps: [{ role: 'people', operation: 'subtract', model: 'x' }] }).success).toBe(false);
  expect(recipeSettingsSchema.safeParse({ peopel: 'x' }).success).toBe(false);
});

it('decodes a photo once: smaller pictures are averaged from it', async () => {
  let decodings = 0;
  const counting = { ...codec, rgbAt: (...asked: Parameters<typeof codec.rgbAt>) => (decodings++, codec.rgbAt(...asked)) };
  const reading = decodedOnce(counting);
  const photo = await encodePng(picture);
  const large = await reading.rgbAt(photo, 8, 4);
  const small = await reading.rgbAt(photo, 4, 2);
  expect(decodings).toBe(1);
  const mean = (large.data[0] as number) + (large.data[3] as number) + (large.data[24] as number) + (large.data[27] as number);
  expect(small.data[0]).toBe(Math.floor((mean + 2) / 4));
  await reading.rgbAt(await encodePng(picture), 4, 2);
  expect(decodings).toBe(2);
});
