import { assetKey, sameAsset } from '../../../../shared/domain/asset.ts';
import { present } from '../../../../shared/errors/errors.ts';
import type { Recombined } from '../../../../shared/raster/recombine.ts';
import { LiveChange } from '../../../editor/tools/adjust/liveChange.ts';
import { unfoldSection } from '../../../stores/foldedSections.ts';
import { leastGrowPx, mostGrowPx, recipeSettings, sameSettings, useMaskLayers, type LayerSetting } from '../../../stores/maskLayers.ts';
import { inBackground, reportFailure } from '../../../stores/notices.ts';
import { activePane, usePanes } from '../../../stores/panes.ts';
import { activeEditor, raster } from '../../desk/editors.ts';
import { changeEnded, openChange, type OpenChange } from '../liveChange.ts';
import { findSettings, rememberWay, waysInHand } from './findSettings.ts';
import { tileLayersOf } from './layerMasks.ts';

interface Wanted {
  readonly settings: readonly LayerSetting[];
  readonly keepsEdits: boolean;
}

let session: LiveChange<Wanted, Recombined> | null = null;

export const hasLayers = (): boolean => useMaskLayers.getState().revision !== null;

export const canRecombine = (): boolean => {
  const { revision, asset } = useMaskLayers.getState();
  const pane = activePane();
  return revision !== null && asset !== null && pane.status === 'ready' && pane.asset !== null && sameAsset(pane.asset, asset) && !activeEditor().isReadOnly();
};

const clampGrowth = (growPx: number): number => Math.min(mostGrowPx, Math.max(leastGrowPx, Math.round(growPx)));

/** Of what is taken away, else of the first: what `[` and `]` are about. */
const grownLayer = (settings: readonly LayerSetting[]): LayerSetting | undefined => settings.find(({ isOn, operation }) => isOn && operation === 'subtract') ?? settings.find(({ isOn }) => isOn);

const begin = (): OpenChange => {
  const { asset: shown, revision: source, settings: before } = useMaskLayers.getState();
  const [asset, revision] = [present(shown, 'The item whose parts are joined'), present(source, 'The revision with the parts')];
  const editor = activeEditor();
  const key = assetKey(asset);
  let keepsEdits = true;
  const live = new LiveChange<Wanted, Recombined>({
    editor,
    compute: async (base, wanted, signal) => {
      keepsEdits = wanted.keepsEdits;
      const [layers, candidates] = await Promise.all([
        tileLayersOf(asset, revision, wanted.settings),
        Promise.all(waysInHand(revision, before).map((way) => tileLayersOf(asset, revision, way))),
      ]);
      return raster.run('recombine', { base, layers, candidates, keepsEdits }, { assetKey: key, signal, lane: `layers ${key}` });
    },
    onShown: (result, isWorking) => useMaskLayers.setState({ isWorking, ...(result === null ? {} : { change: result.change, editedPx: result.editedPx }) }),
    onEnded: () => {
      if (session === live) session = null;
      changeEnded(change);
      const { asset: now, settings } = useMaskLayers.getState();
      useMaskLayers.setState({ isChanging: false, isWorking: false, change: null });
      if (now === null || !sameAsset(now, asset)) return;
      rememberWay(before);
      rememberWay(settings);
      // Whoever ended it, kept it or took it back: the mask itself tells.
      inBackground(findSettings(), 'layers');
    },
    onFailed: (error) => reportFailure(error, 'tool'),
  });
  session = live;
  const apply = async (): Promise<void> => {
    const isChanged = await live.apply();
    // Prompts did not make this mask.
    if (isChanged && !keepsEdits) editor.prompts.replaced();
  };
  const cancel = (): void => {
    useMaskLayers.setState({ settings: before });
    live.cancel();
  };
  const step = (direction: -1 | 1): void => {
    const layer = grownLayer(useMaskLayers.getState().settings);
    if (layer !== undefined) setLayer(layer.part, { growPx: layer.growPx + direction });
  };
  const change: OpenChange = { side: usePanes.getState().active, name: 'Another combination', apply, cancel, step };
  useMaskLayers.setState({ isChanging: true, isWorking: true, change: null, keepsEdits: true });
  return change;
};

const show = (wanted: Partial<Wanted>): void => {
  if (!canRecombine()) return;
  if (session === null) {
    openChange(begin);
    inBackground(unfoldSection('layers'), 'layout');
  }
  useMaskLayers.setState(wanted);
  const { settings, keepsEdits } = useMaskLayers.getState();
  session?.set({ settings, keepsEdits });
};

/** Another way of joining is shown at once, as a change that Enter keeps and Esc takes back. */
export const setLayer = (part: number, change: Partial<Omit<LayerSetting, 'part'>>): void => {
  const growth = change.growPx === undefined ? {} : { growPx: clampGrowth(change.growPx) };
  show({ settings: useMaskLayers.getState().settings.map((setting) => (setting.part === part ? { ...setting, ...change, ...growth } : setting)) });
};

/** Earlier (-1) or later in the order in which parts join. */
export const moveLayer = (part: number, direction: -1 | 1): void => {
  const settings = [...useMaskLayers.getState().settings];
  const from = settings.findIndex((setting) => setting.part === part);
  const [moved, other] = [settings[from], settings[from + direction]];
  if (moved === undefined || other === undefined) return;
  settings[from + direction] = moved;
  settings[from] = other;
  show({ settings });
};

/** Whether pixels that a person changed before stay as they are. */
export const setKeepsEdits = (keepsEdits: boolean): void => show({ keepsEdits });

export const isAsRecipe = (): boolean => {
  const { revision, settings } = useMaskLayers.getState();
  return revision === null || sameSettings(settings, recipeSettings(revision));
};

export const joinAsRecipe = (): void => {
  const { revision } = useMaskLayers.getState();
  if (revision !== null) show({ settings: recipeSettings(revision) });
};
