import type { Revision } from '../../../../shared/domain/revision.ts';
import { recipeSettings, sameSettings, type LayerSetting } from '../../../stores/maskLayers.ts';

type Way = readonly LayerSetting[];

/** Each part in and out doubles them: beyond this only those that were really used are tried. */
const mostCombined = 3;

const inAndOut = (recipe: Way): readonly Way[] =>
  recipe.reduce<readonly Way[]>((ways, setting) => ways.flatMap((way) => [[...way, setting], [...way, { ...setting, isOn: !setting.isOn }]]), [[]]);

/**
 * Ways of joining the parts that a mask in hand may have come from, the likeliest first: the one in hand, those of this visit, the recipe's, and each part
 * in or out, as somebody may have stored it on another day.
 */
export const waysOfJoining = (revision: Revision, current: Way, visited: readonly Way[]): readonly Way[] => {
  const recipe = recipeSettings(revision);
  const all = [current, ...visited, recipe, ...(recipe.length <= mostCombined ? inAndOut(recipe) : [])];
  return all.filter((way, index) => all.findIndex((other) => sameSettings(other, way)) === index);
};
