import { createRefineSession, type RefineOptions } from '../../editor/tools/adjust/refineSession.ts';
import type { LiveChange } from '../../editor/tools/adjust/liveChange.ts';
import { leastBandPx, mostBandPx, mostShiftPx } from '../../../shared/picture/refineMatte.ts';
import type { RefinedEdge } from '../../../shared/raster/refineEdge.ts';
import { inBackground, reportFailure } from '../../stores/notices.ts';
import { unfoldSection } from '../../stores/foldedSections.ts';
import { activePane, usePanes } from '../../stores/panes.ts';
import { endRefining, useRefining } from '../../stores/refining.ts';
import { useView, type CutoutGround, type ViewMode } from '../../stores/view.ts';
import type { Action } from '../action.ts';
import { activeEditor, raster, toolSettings } from '../desk/editors.ts';
import { changeEnded, openChange, type OpenChange } from './liveChange.ts';

let session: LiveChange<RefineOptions, RefinedEdge> | null = null;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** As kept at this machine, within today's limits. */
export const refineOptionsOf = ({ bandPx, softness, shiftPx, updatesMask }: RefineOptions): RefineOptions => ({
  bandPx: clamp(Math.round(bandPx), leastBandPx, mostBandPx),
  softness: clamp(softness, 0, 1),
  shiftPx: clamp(Math.round(shiftPx * 2) / 2, -mostShiftPx, mostShiftPx),
  updatesMask,
});
const options = (): RefineOptions => refineOptionsOf(toolSettings.getState().options.refine);

/** Shows the edge with other settings, which are kept for the next one. */
export const setRefine = (change: Partial<RefineOptions>): void => {
  const refine = refineOptionsOf({ ...options(), ...change });
  toolSettings.setState(({ options: all }) => ({ options: { ...all, refine } }));
  session?.set(refine);
};

export const stepRefineBand = (direction: -1 | 1, times = 1): void => setRefine({ bandPx: options().bandPx + direction * times });

/** What was looked at before: soft edges are judged on a plain ground, which is nobody's choice for afterwards. */
let viewBefore: { readonly mode: ViewMode; readonly cutoutGround: CutoutGround } | null = null;

export const refineGrounds = ['black', 'white', 'checker', 'matte', 'overlay'] as const;
export type RefineGround = (typeof refineGrounds)[number];

export const showRefineOn = (ground: RefineGround): void =>
  useView.setState(ground === 'matte' || ground === 'overlay' ? { mode: ground } : { mode: 'cutout', cutoutGround: ground });

export const refineGroundOf = (mode: ViewMode, ground: CutoutGround): RefineGround | null => (mode === 'cutout' ? ground : mode === 'matte' || mode === 'overlay' ? mode : null);

const begin = (): OpenChange => {
  const live = createRefineSession(activeEditor(), raster, {
    onShown: (shown, isWorking) => useRefining.setState({ isWorking, change: shown?.change ?? null }),
    onEnded: () => {
      if (session === live) session = null;
      if (viewBefore !== null) useView.setState(viewBefore);
      viewBefore = null;
      endRefining();
      changeEnded(change);
    },
    onFailed: (error) => reportFailure(error, 'tool'),
  });
  session = live;
  const change: OpenChange = { side: usePanes.getState().active, name: 'Soft edge', apply: () => live.apply(), cancel: () => live.cancel(), step: stepRefineBand };
  const { mode, cutoutGround } = useView.getState();
  viewBefore = { mode, cutoutGround };
  if (mode !== 'cutout' && mode !== 'matte') showRefineOn('black');
  useRefining.setState({ isOpen: true, isWorking: true, change: null });
  live.set(options());
  return change;
};

export const refineEdge: Action = {
  id: 'refineEdge',
  label: 'Soft edge: refine the edge into a matte beside the mask',
  group: 'Adjust',
  alsoCalled: ['Refine Edge', 'Select and Mask', 'Feather'],
  keys: ['Alt+M'],
  when: () => activePane().status === 'ready',
  whyNot: () => 'No mask is on the desk.',
  run: () => {
    if (session !== null) return session.cancel();
    openChange(begin);
    inBackground(unfoldSection('adjust'), 'layout');
  },
};
