import { z } from 'zod';
import { create } from 'zustand';
import { core } from '../bridge/core.ts';

export type SidePanel = 'queue' | 'inspector';

/** CSS pixels: narrower, names can't be read; wider, photos get too little. */
export const panelLimitsPx = { queue: { min: 220, standard: 272, max: 480 }, inspector: { min: 248, standard: 300, max: 520 } } as const satisfies Record<SidePanel, object>;

const panelSchema = (panel: SidePanel) =>
  z.object({
    widthPx: z.number().min(panelLimitsPx[panel].min).max(panelLimitsPx[panel].max),
    /** Auto: the queue is open, the inspector folds where the window is narrow. */
    fold: z.enum(['auto', 'open', 'folded']),
  });
const layoutSchema = z.object({ queue: panelSchema('queue'), inspector: panelSchema('inspector') });
type Kept = z.infer<typeof layoutSchema>;

interface Layout extends Kept {
  /** Whether the window is too narrow for everything: see {@link narrowBelowPx}. */
  readonly isNarrow: boolean;
  /** The folded inspector, laid over the desk for a look. */
  readonly isFlyoutOpen: boolean;
}

/** Windows narrower than this have the inspector as icons. */
export const narrowBelowPx = 1280;

const standard: Kept = { queue: { widthPx: panelLimitsPx.queue.standard, fold: 'auto' }, inspector: { widthPx: panelLimitsPx.inspector.standard, fold: 'auto' } };

/** How the window is divided: kept for this person at this machine. */
export const useLayout = create<Layout>(() => ({ ...standard, isNarrow: false, isFlyoutOpen: false }));

export const isFolded = ({ queue, inspector, isNarrow }: Pick<Layout, 'queue' | 'inspector' | 'isNarrow'>, panel: SidePanel): boolean =>
  panel === 'queue' ? queue.fold === 'folded' : inspector.fold === 'folded' || (inspector.fold === 'auto' && isNarrow);

export const loadLayout = async (): Promise<void> => {
  const kept = layoutSchema.safeParse(await core().app.getPreference({ key: 'layout', scope: 'machine' }));
  if (kept.success) useLayout.setState(kept.data);
};

const keep = async (): Promise<void> => {
  const { queue, inspector } = useLayout.getState();
  await core().app.setPreference({ key: 'layout', value: { queue, inspector }, scope: 'machine' });
};

/** While an edge is dragged; {@link keepLayout} when it is let go. */
export const setPanelWidth = (panel: SidePanel, widthPx: number): void => {
  const { min, max } = panelLimitsPx[panel];
  useLayout.setState((state) => ({ [panel]: { ...state[panel], widthPx: Math.round(Math.min(max, Math.max(min, widthPx))) } }));
};
export const keepLayout = keep;

export const toggleFold = (panel: SidePanel): Promise<void> => {
  const state = useLayout.getState();
  const fold = isFolded(state, panel) ? 'open' : 'folded';
  useLayout.setState({ [panel]: { ...state[panel], fold }, isFlyoutOpen: false });
  return keep();
};

export const resetLayout = (): Promise<void> => {
  useLayout.setState({ ...standard, isFlyoutOpen: false });
  return keep();
};

export const setNarrow = (isNarrow: boolean): void => useLayout.setState({ isNarrow, isFlyoutOpen: false });
export const toggleFlyout = (): void => useLayout.setState(({ isFlyoutOpen }) => ({ isFlyoutOpen: !isFlyoutOpen }));
