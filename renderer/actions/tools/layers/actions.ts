import type { PartRole } from '../../../../shared/domain/maskPart.ts';
import { unfoldSection } from '../../../stores/foldedSections.ts';
import { layerNames, partsOf, useMaskLayers } from '../../../stores/maskLayers.ts';
import { inBackground } from '../../../stores/notices.ts';
import type { Action } from '../../action.ts';
import { canRecombine, hasLayers, isAsRecipe, joinAsRecipe, setLayer } from './recombine.ts';

const whyNot = (): string => (hasLayers() ? 'The mask can’t be changed now.' : 'The mask on the desk was not made by a recipe: it has no layers.');

/** One eye. */
export const toggleSeen = (part: number): void => useMaskLayers.setState(({ seen }) => ({ seen: seen.includes(part) ? seen.filter((other) => other !== part) : [...seen, part] }));

/** All eyes, or none once one is open. */
export const showLayers: Action = {
  id: 'layers.show',
  label: 'Layers: show the parts of the mask, hatched, or hide them',
  group: 'View',
  keys: ['Alt+L'],
  when: hasLayers,
  whyNot,
  run: () => {
    const { revision, seen } = useMaskLayers.getState();
    const all = partsOf(revision).map((_, part) => part);
    useMaskLayers.setState({ seen: all.some((part) => seen.includes(part)) ? [] : all });
    inBackground(unfoldSection('layers'), 'layout');
  },
};

/** Those that hold something: others change nothing, in or out. */
const partsWith = (role: PartRole): readonly number[] => partsOf(useMaskLayers.getState().revision).flatMap((part, index) => (part.role === role && part.areaPx > 0 ? [index] : []));

const takeInOrOut = (role: PartRole, keys: readonly string[], alsoCalled: readonly string[]): Action => ({
  id: `layers.${role}`,
  label: `Layers: take ${layerNames[role].toLowerCase()} into account or leave ${role === 'people' ? 'them' : 'it'} out`,
  group: 'Adjust',
  keys,
  alsoCalled,
  when: () => canRecombine() && partsWith(role).length > 0,
  whyNot: () => (canRecombine() ? `The recipe found no ${layerNames[role].toLowerCase()}.` : whyNot()),
  run: () => {
    const parts = partsWith(role);
    const isOn = useMaskLayers.getState().settings.some((setting) => setting.isOn && parts.includes(setting.part));
    for (const part of parts) setLayer(part, { isOn: !isOn });
  },
});

const growPeople = (direction: -1 | 1): Action => ({
  id: direction === 1 ? 'layers.growPeople' : 'layers.shrinkPeople',
  label: `Layers: ${direction === 1 ? 'grow' : 'shrink'} people by 1 px before they are taken away`,
  group: 'Adjust',
  keys: [],
  when: () => canRecombine() && partsWith('people').length > 0,
  whyNot: () => (canRecombine() ? 'The recipe found no people.' : whyNot()),
  run: () => {
    const parts = partsWith('people');
    for (const { part, growPx } of useMaskLayers.getState().settings) if (parts.includes(part)) setLayer(part, { growPx: growPx + direction, isOn: true });
  },
});

export const resetLayers: Action = {
  id: 'layers.reset',
  label: 'Layers: join the parts as the recipe does',
  group: 'Adjust',
  keys: ['Alt+Shift+L'],
  when: () => canRecombine() && !isAsRecipe(),
  whyNot: () => (canRecombine() ? 'They are joined as the recipe does.' : whyNot()),
  run: joinAsRecipe,
};

/** In reading order. */
export const layerActions: readonly Action[] = [showLayers, takeInOrOut('people', ['Alt+P'], ['Remove hands']), takeInOrOut('foreground', [], []), growPeople(1), growPeople(-1), resetLayers];
