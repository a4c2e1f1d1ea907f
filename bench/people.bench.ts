import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../electron/app/config.ts';
import { openPrompting } from '../electron/app/openPrompting.ts';
import { createPartMakers } from '../electron/app/createSegmenters.ts';
import { encodeJpeg, decodeRgb } from '../electron/imaging/index.ts';
import { decodedOnce } from '../electron/segmenters/recipe/decodedOnce.ts';
import type { MadePart, PartMaker } from '../electron/segmenters/recipe/partMaker.ts';
import { recipeSegmenter, type RecipePart } from '../electron/segmenters/recipe/recipeSegmenter.ts';
import { productRecipeId, recipeSettingsSchema, stepsOf } from '../electron/segmenters/recipe/recipeSettings.ts';
import { asId, type ModelId } from '../shared/domain/ids.ts';
import type { Bitmap } from '../shared/mask/bitmap.ts';
import { handPhotos } from './people/handPhotos.ts';
import { printHands } from './people/handsTable.ts';
import { peoplePictures, type PeoplePicture } from './people/pictures.ts';

/**
 * What taking people out of a product's mask is worth, by the way in which people are found: how well people are met (IoU with their true masks), how much of the
 * product stays and how much of the person goes, of what the foreground held of each; and what a picture costs beside the foreground.
 * Options: --set DIR (testset.json with cls, images/, masks/), --hands DIR[,DIR] (folders with the photos that
 * people/hands.json names by digest; those that are not there are named and left out), --products N (pasted with each photo of people, default 3), --out DIR (a picture of each result),
 * --way TEXT (only ways with this in their name), --threads N (default: the machine's). Ways whose weights are not on this machine are named and left out.
 */
const { values } = parseArgs({ options: { set: { type: 'string' }, hands: { type: 'string' }, way: { type: 'string' }, products: { type: 'string', default: '3' }, out: { type: 'string' }, threads: { type: 'string' } }, strict: false });

const allWays = {
  'foreground alone': { people: 'none' },
  'minus people by class (default)': {},
  'the same, clothes kept': { clothes: 'keep' },
  'the same, clothes always go': { clothes: 'subtract' },
  'minus YOLO masks': { people: 'yolo11n-seg' },
  'minus SAM 2 in YOLO boxes': { people: 'yolo11n-seg', peoplePrompt: 'sam2-tiny' },
} as const;
const ways = Object.fromEntries(Object.entries(allWays).filter(([name]) => name.includes(String(values.way ?? ''))));

const count = ({ data }: Bitmap, also?: Bitmap): number => data.reduce((sum, value, at) => sum + (value !== 0 && (also === undefined || also.data[at] !== 0) ? 1 : 0), 0);
const mean = (numbers: readonly number[]): string => (numbers.length === 0 ? '-' : (numbers.reduce((sum, value) => sum + value, 0) / numbers.length).toFixed(3));

const iouOf = (found: Bitmap, truth: Bitmap): number => {
  const shared = count(found, truth);
  return shared / Math.max(1, count(found) + count(truth) - shared);
};

/** Product green, what was taken away red, on the darkened photo. */
const drawn = async (photo: Uint8Array, foreground: Bitmap, mask: Bitmap): Promise<Uint8Array> => {
  const picture = await decodeRgb(photo, 100);
  const data = picture.data.map((value, at) => {
    const pixel = Math.floor(at / 3);
    const tint = mask.data[pixel] !== 0 ? [0, 220, 60] : foreground.data[pixel] !== 0 ? [255, 0, 0] : null;
    return tint === null ? value * 0.5 : value * 0.5 + (tint[at % 3] as number) * 0.5;
  });
  return encodeJpeg({ ...picture, data }, 85);
};

const run = async (folder: string): Promise<void> => {
  const config = { ...(await loadConfig()), threads: Number(values.threads ?? availableParallelism()) };
  const prompting = openPrompting(config, { onNotice: (message) => console.log(`  ${message}`) });
  const { models, codec, inference, decoding } = prompting;
  try {
    const pictures = await peoplePictures(folder, codec, Number(values.products));
    const of = (kind: PeoplePicture['kind']): number => pictures.filter((picture) => picture.kind === kind).length;
    console.log(`  ${of('people')} photos of people, ${of('front')} with a product pasted before them, ${of('behind')} products with a person pasted before them`);
    console.log(`  ${'way'.padEnd(34)}${'person IoU'.padStart(12)}${'product kept'.padStart(14)}${'person gone'.padStart(13)}${'product IoU'.padStart(13)}${'ms a picture'.padStart(14)}`);
    const foregrounds = new Map<Uint8Array, Promise<MadePart>>();
    const states = new Map((await models.list()).map(({ modelId, state }) => [modelId, state]));
    for (const [name, settings] of Object.entries(ways)) {
      const steps = stepsOf(recipeSettingsSchema.parse(settings));
      const missing = steps.flatMap(({ model, prompt }) => [model, ...(prompt === undefined ? [] : [prompt])]).filter((id) => states.get(asId<ModelId>(id)) !== 'ready');
      if (missing.length > 0) {
        console.log(`  ${name.padEnd(34)}left out: no weights of ${missing.join(', ')}`);
        continue;
      }
      const found = { person: [] as number[], kept: [] as number[], gone: [] as number[], product: [] as number[], ms: [] as number[] };
      for (const [index, picture] of pictures.entries()) {
        const reading = decodedOnce(codec);
        const makerOf = createPartMakers({ models, inference, decoding: () => decoding }, reading);
        const parts: RecipePart[] = [];
        for (const step of steps) {
          const maker = await makerOf(step);
          // One foreground for all ways: it is the same.
          const once: PartMaker = { ...maker, make: (input) => foregrounds.get(input.photo) ?? foregrounds.set(input.photo, maker.make(input)).get(input.photo) ?? maker.make(input) };
          parts.push({ step, maker: step.role === 'foreground' ? once : maker });
        }
        if (!foregrounds.has(picture.photo)) await recipeSegmenter(productRecipeId, parts, reading).segment(picture.photo, {});
        const startedMs = performance.now();
        const { mask, parts: made = [] } = await recipeSegmenter(productRecipeId, parts, reading).segment(picture.photo, {});
        found.ms.push(performance.now() - startedMs);
        const foreground = (made[0] as (typeof made)[number]).mask;
        const people = made[1];
        if (people !== undefined && picture.kind === 'people') found.person.push(people.isApplied ? iouOf(people.mask, picture.person) : 0);
        const { product, person } = picture;
        if (product !== null && count(foreground, product) > 0) found.kept.push(count(mask, product) / count(foreground, product));
        if (count(foreground, person) > 0.05 * count(person)) found.gone.push(1 - count(mask, person) / count(foreground, person));
        if (product !== null) found.product.push(iouOf(mask, product));
        if (values.out !== undefined) {
          const place = join(String(values.out), name.replaceAll(/[^a-z0-9]+/gi, '-'));
          await mkdir(place, { recursive: true });
          await writeFile(join(place, `${String(index).padStart(2, '0')}-${picture.kind}.jpg`), await drawn(picture.photo, foreground, mask));
        }
      }
      console.log(`  ${name.padEnd(34)}${mean(found.person).padStart(12)}${mean(found.kept).padStart(14)}${mean(found.gone).padStart(13)}${mean(found.product).padStart(13)}${Math.round(found.ms.reduce((sum, ms) => sum + ms, 0) / found.ms.length).toString().padStart(14)}`);
    }
  } finally {
    await prompting.dispose();
  }
};

const runHands = async (folders: readonly string[]): Promise<void> => {
  const prompting = openPrompting({ ...(await loadConfig()), threads: Number(values.threads ?? availableParallelism()) }, { onNotice: (message) => console.log(`  ${message}`) });
  try {
    await printHands(await handPhotos(folders, prompting.codec), ways, prompting);
  } finally {
    await prompting.dispose();
  }
};

if (values.set === undefined && values.hands === undefined) console.log('  Photos of people with their true masks do not come with Maskdesk: name folders of them with --set DIR or --hands DIR (see docs/recipes.md).');
if (values.hands !== undefined) await runHands(String(values.hands).split(','));
if (values.set !== undefined) await run(String(values.set));
