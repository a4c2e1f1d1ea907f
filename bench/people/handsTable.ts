import { createPartMakers } from '../../electron/app/createSegmenters.ts';
import type { openPrompting } from '../../electron/app/openPrompting.ts';
import { decodedOnce } from '../../electron/segmenters/recipe/decodedOnce.ts';
import type { MadePart } from '../../electron/segmenters/recipe/partMaker.ts';
import { recipeSettingsSchema, stepsOf } from '../../electron/segmenters/recipe/recipeSettings.ts';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { sizeIn } from '../../shared/ports/imageCodec.ts';
import type { HandPhotos } from './handPhotos.ts';

interface Found {
  /** Shares of what the foreground held, 0..1. */
  readonly skinGone: number[];
  readonly peopleGone: number[];
  readonly kept: number[];
  readonly iou: number[];
  readonly ms: number[];
}

/** Less than this share of a class's pixels inside the foreground says nothing of how the class is treated. */
const leastHeld = 0.1;
const mean = (numbers: readonly number[], digits = 3): string => (numbers.length === 0 ? '-' : (numbers.reduce((sum, value) => sum + value, 0) / numbers.length).toFixed(digits));

/**
 * Prints, for each way of finding people, what of hands and arms and of whole people inside the foreground goes, what of the product stays, and the result's IoU with the product:
 * for the half of the photos on which rules were chosen, the half on which they were not, and photos without people.
 */
export const printHands = async ({ found: photos, missing }: HandPhotos, ways: Readonly<Record<string, object>>, { models, codec, inference, decoding }: ReturnType<typeof openPrompting>): Promise<void> => {
  console.log(`  hands: ${photos.length} photos found${missing.length === 0 ? '' : `, not found: ${missing.join(', ')}`}`);
  const states = new Map((await models.list()).map(({ modelId, state }) => [modelId, state]));
  const foregrounds = new Map<string, MadePart>();
  console.log(`  ${'way'.padEnd(34)}${'photos'.padEnd(10)}${'hands gone'.padStart(12)}${'people gone'.padStart(13)}${'product kept'.padStart(14)}${'product IoU'.padStart(13)}${'ms'.padStart(8)}`);
  for (const [way, settings] of Object.entries(ways)) {
    const steps = stepsOf(recipeSettingsSchema.parse(settings));
    if (steps.some(({ model, prompt }) => [model, prompt].some((id) => id !== undefined && states.get(asId<ModelId>(id)) !== 'ready'))) continue;
    const halves = new Map<string, Found>();
    for (const { name, half, photo, truth } of photos) {
      const reading = decodedOnce(codec);
      const makerOf = createPartMakers({ models, inference, decoding: () => decoding }, reading);
      const common = { photo, ...sizeIn(await codec.probe(photo), 'exif'), orientation: 'exif', threshold: 0.5, wantMatte: false, codec: reading, signal: undefined } as const;
      const [whole, people] = steps;
      const foreground = foregrounds.get(name) ?? (await (await makerOf(whole as (typeof steps)[number])).make({ ...common, before: null }));
      foregrounds.set(name, foreground);
      const before = foreground.mask;
      const startedMs = performance.now();
      const part = people === undefined ? null : await (await makerOf(people)).make({ ...common, before });
      const ms = performance.now() - startedMs;
      const left = part?.isApplied === true ? before.data.map((value, at) => value & ~(part.mask.data[at] as number)) : before.data;
      const here: Found = halves.get(half) ?? { skinGone: [], peopleGone: [], kept: [], iou: [], ms: [] };
      halves.set(half, here);
      here.ms.push(ms);
      const counts = (isOf: (at: number) => boolean): { readonly all: number; readonly held: number; readonly left: number } => {
        const sum = { all: 0, held: 0, left: 0 };
        for (let at = 0; at < left.length; at++) {
          if (!isOf(at)) continue;
          sum.all++;
          if (before.data[at] !== 0) sum.held++;
          if (left[at] !== 0) sum.left++;
        }
        return sum;
      };
      if (truth === null) {
        const product = counts((at) => before.data[at] !== 0);
        here.kept.push(product.left / Math.max(1, product.held));
        continue;
      }
      const { skin, head, clothes, product } = truth;
      const hands = counts((at) => skin.data[at] !== 0);
      const persons = counts((at) => skin.data[at] !== 0 || head.data[at] !== 0 || clothes.data[at] !== 0);
      const goods = counts((at) => product.data[at] !== 0);
      if (hands.held > leastHeld * hands.all) here.skinGone.push(1 - hands.left / hands.held);
      if (persons.held > leastHeld * persons.all) here.peopleGone.push(1 - persons.left / persons.held);
      if (goods.held > leastHeld * goods.all) {
        here.kept.push(goods.left / goods.held);
        const result = counts((at) => left[at] !== 0);
        here.iou.push(goods.left / (result.left + goods.all - goods.left));
      }
    }
    for (const [half, { skinGone, peopleGone, kept, iou, ms }] of halves) {
      console.log(`  ${way.padEnd(34)}${half.padEnd(10)}${mean(skinGone).padStart(12)}${mean(peopleGone).padStart(13)}${mean(kept).padStart(14)}${mean(iou).padStart(13)}${mean(ms, 0).padStart(8)}`);
    }
  }
};
