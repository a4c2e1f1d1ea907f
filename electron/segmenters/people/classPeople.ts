import { throwIfCancelled, ExpectedError } from '../../../shared/errors/errors.ts';
import { areaPx, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { grow } from '../../../shared/mask/morphology.ts';
import type { InferenceHost } from '../../inference/inferenceHost.ts';
import type { PeopleDescriptor, PeopleFamily } from '../../inference/modelDescriptor.ts';
import type { LocalModelStore } from '../../inference/modelStore.ts';
import type { Feed, TensorData } from '../../inference/tensor.ts';
import type { RgbImage } from '../../../shared/ports/imageCodec.ts';
import { confidenceOf } from '../probability.ts';
import { cutBytes } from '../quantise.ts';
import type { MadePart, PartInput, PartMaker } from '../recipe/partMaker.ts';
import type { ClothesRule, RecipeStep } from '../recipe/recipeSettings.ts';
import type { ShareBox } from './instanceFamily.ts';
import { foregroundBox, partOf, together, wholePicture, type Look } from './looks.ts';
import type { PeopleMap } from './peopleMap.ts';
import { personArea } from './personArea.ts';
import { readSelfie, selfieFeed, selfieSidePx } from './selfieMulticlass.ts';
import { sharpen } from './sharpen.ts';
import { sliversBeside } from './slivers.ts';

interface Family {
  readonly sidePx: number;
  feed(picture: RgbImage): Feed;
  read(output: TensorData): PeopleMap;
}

const families = { selfieMulticlass: { sidePx: selfieSidePx, feed: selfieFeed, read: readSelfie } } satisfies Record<PeopleFamily, Family>;

/** Where edges are drawn to the photo's: four pixels of the model's to a side, and the size that IS-Net reads, so that the photo is decoded once. */
const fineSidePx = 1024;
/** Of the map, where the model looked closer. */
const mapSidePx = 512;

export const peopleDefaults = { threshold: 0.5, clothes: 'auto', minSkinShare: 0.01, growShare: 0.002 } as const satisfies { readonly clothes: ClothesRule } & Record<string, unknown>;

/** Would less than this share of the foreground be left, then clothes are the product. */
const leastLeftShare = 0.02;

export interface ClassPeopleParts {
  readonly host: Pick<InferenceHost, 'run'>;
  readonly modelStore: Pick<LocalModelStore, 'pathOf'>;
}

const isEmpty = ({ data }: Bitmap): boolean => !data.includes(255);

const withoutPeople = (foreground: Bitmap, people: Bitmap): number => {
  let left = 0;
  for (let at = 0; at < foreground.data.length; at++) left += ((foreground.data[at] as number) & ~(people.data[at] as number)) >>> 7;
  return left;
};

/**
 * People by the class of each pixel (hair, skin, clothes), as one part of a recipe. Where the whole picture shows nobody, the model looks once more, at the foreground and
 * what is around it: a person who is small or dark fills that. Where somebody was seen it does not: parts of a picture have less to tell a cup from a sleeve by.
 */
export const classPeople = (descriptor: PeopleDescriptor, step: RecipeStep, { host, modelStore }: ClassPeopleParts): PartMaker => {
  const family: Family = families[descriptor.adapter.family];
  const { threshold = peopleDefaults.threshold, clothes = peopleDefaults.clothes, minSkinShare = peopleDefaults.minSkinShare, growShare = peopleDefaults.growShare } = step;

  /** Probabilities at the model's size to a mask at the photo's. */
  const maskOf = async (probability: Float32Array, { widthPx: mapWidth, heightPx: mapHeight }: PeopleMap, input: PartInput): Promise<Bitmap> => {
    const { codec, photo, orientation, widthPx, heightPx } = input;
    const picture = await codec.rgbAt(photo, fineSidePx, fineSidePx, orientation);
    const half = await codec.rgbAt(photo, fineSidePx / 2, fineSidePx / 2, orientation);
    const fine = sharpen({ widthPx: mapWidth, heightPx: mapHeight, data: probability }, picture, half);
    // By index: `from` with a function goes by an iterator, 140 ms for a million values on a busy core, a fifth of what a photo costs beside the models.
    const bytes = new Uint8Array(fine.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = (fine[at] as number) * 255 + 0.5;
    const whole = await codec.resizeGrey(bytes, fineSidePx, fineSidePx, widthPx, heightPx);
    const mask = { widthPx, heightPx, data: cutBytes(whole, Math.max(1, Math.round(threshold * 255))) };
    return growShare === 0 || isEmpty(mask) ? mask : grow(mask, growShare * Math.max(widthPx, heightPx));
  };

  const make = async (input: PartInput): Promise<MadePart> => {
    const { photo, orientation, codec, before, signal } = input;
    throwIfCancelled(signal);
    const path = await modelStore.pathOf(descriptor.id);
    const whole = await codec.rgbAt(photo, fineSidePx, fineSidePx, orientation);
    let inferenceMs = 0;
    let executionProvider = '';
    const lookAt = async (box: ShareBox): Promise<Look> => {
      throwIfCancelled(signal);
      const picture = box === wholePicture ? await codec.rgbAt(photo, family.sidePx, family.sidePx, orientation) : partOf(whole, box, family.sidePx);
      const answer = await host.run({ model: { path, executionProviders: descriptor.executionProviders }, feeds: [family.feed(picture)], fetches: null }, { signal });
      const [first] = answer.outputs;
      if (first === undefined) throw new ExpectedError('inference_failed', 'The model gave no output.');
      inferenceMs += answer.inferenceMs;
      ({ executionProvider } = answer);
      return { box, map: family.read(first) };
    };
    const first = await lookAt(wholePicture);
    const seen = personArea(first.map, threshold, minSkinShare);
    const focus = seen.isPerson || before === null ? null : foregroundBox(before);
    const map = focus === null ? first.map : together([first, await lookAt(focus)], mapSidePx);
    const shown = focus === null ? 1 : (focus.x1 - focus.x0) * (focus.y1 - focus.y0);
    const area = focus === null ? seen : personArea(map, threshold, minSkinShare * shown);
    const common = {
      matte: null,
      executionProvider,
      inferenceMs,
      confidence: confidenceOf({ widthPx: map.widthPx, heightPx: map.heightPx, data: area.dressed.slice() }),
    };
    const bare = await maskOf(area.bare, map, input);
    const dressed = clothes === 'keep' ? bare : await maskOf(area.dressed, map, input);
    throwIfCancelled(signal);
    if (isEmpty(dressed)) return { mask: dressed, isApplied: true, note: null, ...common };
    if (!area.isPerson) return { mask: dressed, isApplied: false, note: whyNobody(area.skinShare / shown, area.sureShare, minSkinShare), ...common };
    const wholePx = before === null ? 0 : areaPx(before);
    const isWorn = clothes === 'auto' && before !== null && wholePx > 0 && withoutPeople(before, dressed) < leastLeftShare * wholePx && withoutPeople(before, bare) >= leastLeftShare * wholePx;
    const people = isWorn ? bare : dressed;
    const slivers = before === null || step.operation !== 'subtract' ? null : sliversBeside(people, before);
    const mask = slivers === null ? people : { ...people, data: people.data.map((value, at) => value | (slivers.data[at] as number)) };
    return { mask, isApplied: true, note: isWorn ? 'Clothes were kept: without them next to nothing of the foreground would be left.' : null, ...common };
  };

  return { modelId: descriptor.id, weightsSha256: descriptor.sha256, otherWeights: [], make };
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const whyNobody = (skinShare: number, sureShare: number, minSkinShare: number): string =>
  skinShare < minSkinShare
    ? `Not subtracted: skin takes ${percent(skinShare)} of what is around the foreground, less than the ${percent(minSkinShare)} of a person.`
    : `Not subtracted: it has the colours of skin, yet only ${percent(sureShare)} of it is surely skin.`;
