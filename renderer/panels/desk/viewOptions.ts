import { defaultViewOptions, type ViewOptions } from '../../canvas/viewOptions.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { tints, type TintId } from '../../stores/tints.ts';
import { useView, type ViewMode } from '../../stores/view.ts';

const views = { overlay: 'overlay', outline: 'outline', cutout: 'cutoutChecker', maskOnly: 'maskOnly', hidden: 'overlay' } as const satisfies Record<ViewMode, ViewOptions['view']>;

/** One object for each choice, so that the canvas is told of a change only when there is one. */
const optionsFor = (mode: ViewMode, isMaskHidden: boolean, tint: TintId): ViewOptions => ({ ...defaultViewOptions, view: views[mode], isMaskHidden, tint: tints[tint] });
const known = new Map<string, ViewOptions>();

/** What the canvas shows, from the view switch, the key that hides and the colour that was chosen. */
export const useViewOptions = (): ViewOptions => {
  const mode = useView((state) => state.mode);
  const isHeldHidden = useView((state) => state.isHeldHidden);
  const tint = usePreferences((state) => state.tint);
  const isMaskHidden = isHeldHidden || mode === 'hidden';
  const key = `${mode} ${isMaskHidden} ${tint}`;
  const options = known.get(key) ?? optionsFor(mode, isMaskHidden, tint);
  known.set(key, options);
  return options;
};
