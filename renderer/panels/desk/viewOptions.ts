import { defaultViewOptions, type ViewOptions } from '../../canvas/viewOptions.ts';
import { useView, type ViewMode } from '../../stores/view.ts';

const views = { overlay: 'overlay', outline: 'outline', cutout: 'cutoutChecker', maskOnly: 'maskOnly', hidden: 'overlay' } as const satisfies Record<ViewMode, ViewOptions['view']>;

/** One object for each mode, so that the canvas is told of a change only when there is one. */
const optionsFor = (mode: ViewMode, isMaskHidden: boolean): ViewOptions => ({ ...defaultViewOptions, view: views[mode], isMaskHidden });
const known = new Map<string, ViewOptions>();

/** What the canvas shows, from the view switch and the key that hides. */
export const useViewOptions = (): ViewOptions => {
  const mode = useView((state) => state.mode);
  const isHeldHidden = useView((state) => state.isHeldHidden);
  const isMaskHidden = isHeldHidden || mode === 'hidden';
  const key = `${mode} ${isMaskHidden}`;
  const options = known.get(key) ?? optionsFor(mode, isMaskHidden);
  known.set(key, options);
  return options;
};
