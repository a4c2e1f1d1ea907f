import { adjustments, clampAmount } from '../../editor/tools/adjust/index.ts';
import { createAdjustSession } from '../../editor/tools/adjust/adjustSession.ts';
import type { Adjustment } from '../../editor/tools/adjust/adjustment.ts';
import type { LiveChange } from '../../editor/tools/adjust/liveChange.ts';
import type { Adjusted, AdjustKind } from '../../../shared/raster/adjustMask.ts';
import { endAdjusting, useAdjusting } from '../../stores/adjusting.ts';
import { inBackground, reportFailure } from '../../stores/notices.ts';
import { unfoldSection } from '../../stores/foldedSections.ts';
import { activePane, usePanes } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { activeEditor, raster, toolSettings } from '../desk/editors.ts';
import { changeEnded, openChange, type OpenChange } from './liveChange.ts';

let session: LiveChange<number, Adjusted> | null = null;

const keptAmount = (kind: AdjustKind): number => (kind === 'invert' ? 0 : clampAmount(adjustments[kind], toolSettings.getState().options.adjust[kind]));

const keepAmount = (kind: AdjustKind, amount: number): void => {
  if (kind === 'invert') return;
  toolSettings.setState(({ options }) => ({ options: { ...options, adjust: { ...options.adjust, [kind]: amount } } }));
};

/** Shows another amount of the adjustment that is open. */
export const setAdjustAmount = (value: number): void => {
  const { kind } = useAdjusting.getState();
  if (kind === null || session === null) return;
  const amount = clampAmount(adjustments[kind], value);
  useAdjusting.setState({ amount });
  keepAmount(kind, amount);
  session.set(amount);
};

/** Half a pixel, or a tenth of a piece's size. @param times how many steps at once */
export const stepAdjustAmount = (direction: -1 | 1, times = 1): void => {
  const { kind, amount } = useAdjusting.getState();
  const unit = kind === null ? undefined : adjustments[kind].amount;
  if (unit == null) return;
  const step = unit.of === 'distance' ? unit.step : Math.max(1, Math.round(amount / 10));
  setAdjustAmount(amount + direction * step * times);
};

const begin = ({ kind }: Adjustment): OpenChange => {
  const live = createAdjustSession(activeEditor(), raster, kind, {
    onShown: (shown, isWorking) => useAdjusting.setState({ isWorking, change: shown?.change ?? null }),
    onEnded: () => {
      if (session === live) session = null;
      endAdjusting();
      changeEnded(change);
    },
    onFailed: (error) => reportFailure(error, 'tool'),
  });
  session = live;
  const change: OpenChange = { side: usePanes.getState().active, name: adjustments[kind].name, apply: () => live.apply(), cancel: () => live.cancel(), step: stepAdjustAmount };
  useAdjusting.setState({ kind, amount: keptAmount(kind), isWorking: true, change: null });
  live.set(keptAmount(kind));
  return change;
};

const canAdjust = (): boolean => activePane().status === 'ready';

/** Opens an adjustment of the active pane's mask; one with nothing to set is done at once. Pressed again: taken back. */
export const adjust = (adjustment: Adjustment): void => {
  if (useAdjusting.getState().kind === adjustment.kind) return void session?.cancel();
  openChange(() => begin(adjustment));
  const opened = session;
  if (adjustment.amount !== null) inBackground(unfoldSection('adjust'), 'layout');
  if (adjustment.amount === null && opened !== null) inBackground(opened.apply(), 'tool');
};

const keys: Partial<Record<AdjustKind, string>> = { grow: 'Alt+G', shrink: 'Alt+K', smooth: 'Alt+S', close: 'Alt+C', open: 'Alt+O', fillHoles: 'Alt+H', dropIslands: 'Alt+D', invert: 'Ctrl+Shift+I' };

export interface AdjustAction extends Action {
  readonly adjustment: Adjustment;
}

/** In the order of the inspector. */
export const adjustActions: readonly AdjustAction[] = Object.values(adjustments).map((adjustment) => ({
  id: `adjust.${adjustment.kind}`,
  adjustment,
  label: `${adjustment.name}: ${adjustment.does}`,
  group: 'Adjust',
  alsoCalled: adjustment.alsoCalled ?? [],
  keys: [keys[adjustment.kind]].filter((key) => key !== undefined),
  when: canAdjust,
  whyNot: () => 'No mask is on the desk.',
  run: () => adjust(adjustment),
}));


/** For panels. */
export const adjustmentOf = (kind: AdjustKind): Adjustment => adjustments[kind];
