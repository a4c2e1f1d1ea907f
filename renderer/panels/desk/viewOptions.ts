import { useMemo } from 'react';
import { defaultViewOptions, type ViewOptions } from '../../canvas/viewOptions.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { tints } from '../../stores/tints.ts';
import { useView, type CutoutGround, type ViewMode } from '../../stores/view.ts';

const cutouts = { checker: 'cutoutChecker', black: 'cutoutBlack', white: 'cutoutWhite' } as const satisfies Record<CutoutGround, ViewOptions['view']>;

const viewOf = (mode: ViewMode, ground: CutoutGround): ViewOptions['view'] => {
  if (mode === 'cutout') return cutouts[ground];
  return mode === 'hidden' ? 'overlay' : mode;
};

/** What the canvas shows, from the view switch, the key that hides and the choices in the settings: another object only for another choice. */
export const useViewOptions = (): ViewOptions => {
  const mode = useView((state) => state.mode);
  const ground = useView((state) => state.cutoutGround);
  const isHeldHidden = useView((state) => state.isHeldHidden);
  const tint = usePreferences((state) => state.tint);
  const opacityPercent = usePreferences((state) => state.opacityPercent);
  const outlineWidthPx = usePreferences((state) => state.outlineWidthPx);
  const hasHatch = usePreferences((state) => state.hasHatch);
  const isMaskHidden = isHeldHidden || mode === 'hidden';
  return useMemo(
    () => ({ ...defaultViewOptions, view: viewOf(mode, ground), isMaskHidden, tint: tints[tint], opacity: opacityPercent / 100, outlineWidthPx, hasHatch }),
    [mode, ground, isMaskHidden, tint, opacityPercent, outlineWidthPx, hasHatch],
  );
};
