import type { IncomingSample } from '../../../shared/contracts/rpc/maskImports.ts';
import { spread } from '../../../shared/flat/spread.ts';
import { recipeOf, type MaskRecipe } from './incomingMask.ts';
import { chooseInstances } from './joinInstances.ts';
import type { ImportPlan, PlannedImage } from './planImport.ts';
import { refOf, sameSize, turnOf, type AssetFacts, type NewPhoto } from './records.ts';

/** One to look at, with all that its picture is made from. */
export interface Sample {
  readonly sample: IncomingSample;
  readonly recipe: MaskRecipe;
  readonly of: { readonly facts: AssetFacts } | { readonly photo: NewPhoto };
}

const mostSamples = 12;

/** Of one that would come in, or stands open: how it would lie if it came. Null: it has no photo, or is left out. */
const recipeToLookAt = (planned: PlannedImage, { decisions }: ImportPlan): MaskRecipe | null => {
  if (planned.skip === null) return recipeOf(planned);
  const { record, size, fact, photo, orientation } = planned;
  if (planned.skip !== 'stop' || size === null || (fact === null && photo === null)) return null;
  const joined = chooseInstances(record.instances, decisions);
  if (joined.add.length === 0 && record.instances.length > 0) return null;
  const turn = record.size === null ? null : turnOf(record.size, size, orientation);
  const fit = record.size === null || sameSize(record.size, size) ? 'as it is' : turn === null ? 'resize' : { turn };
  return { record, joined, fit, size, isOfNewPhoto: fact === null };
};

const sampleOf = (planned: PlannedImage, plan: ImportPlan, same: ReadonlySet<number>): Sample | null => {
  const { record, size, fact, photo } = planned;
  const recipe = recipeToLookAt(planned, plan);
  const of = fact !== null ? { facts: fact } : photo !== null ? { photo } : null;
  if (recipe === null || of === null || size === null) return null;
  const { image, file, place } = record;
  return {
    recipe,
    of,
    sample: {
      image,
      file,
      place,
      asset: refOf('facts' in of ? of.facts.asset : of.photo),
      isAdded: fact === null,
      photoWidthPx: size.widthPx,
      photoHeightPx: size.heightPx,
      maskWidthPx: record.size?.widthPx ?? size.widthPx,
      maskHeightPx: record.size?.heightPx ?? size.heightPx,
      instances: recipe.joined.several,
      overlapPx: record.overlapPx,
      isSame: same.has(image),
      isBeside: fact?.isWorkedOn === true,
    },
  };
};

/** A dozen over the whole source, half of them such as a person has to decide about; those that are there already only where there is nothing else. In the source's order. */
export const chooseSamples = (plan: ImportPlan, same: ReadonlySet<number>): readonly Sample[] => {
  // What is merely counted is not made a sample of: a source may have a million images.
  const fresh = plan.images.filter((planned) => (planned.skip === null || planned.skip === 'stop') && (planned.fact !== null || planned.photo !== null) && !same.has(planned.record.image));
  const pool = fresh.length > 0 ? fresh : plan.images.filter(({ record }) => same.has(record.image));
  const asSamples = (images: readonly PlannedImage[]): readonly Sample[] => images.flatMap((planned) => sampleOf(planned, plan, same) ?? []);
  const differs = ({ record, size, stops }: PlannedImage): boolean => stops.length > 0 || record.instances.length > 1 || (record.size !== null && size !== null && !sameSize(record.size, size));
  const odd = pool.filter(differs);
  const even = pool.filter((planned) => !differs(planned));
  const oddCount = Math.max(mostSamples / 2, mostSamples - even.length);
  const chosenOdd = asSamples(spread(odd, oddCount));
  const chosen = [...chosenOdd, ...asSamples(spread(even, mostSamples - Math.min(oddCount, chosenOdd.length)))];
  return chosen.toSorted((a, b) => a.sample.image - b.sample.image);
};
