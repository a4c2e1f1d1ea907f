import { RasterWorker } from '../../bridge/raster.ts';
import { createEditor } from '../../editor/createEditor.ts';
import { HistoryStore } from '../../editor/historyStore.ts';
import type { RasterPort } from '../../editor/raster/rasterPort.ts';
import type { Editor } from '../../editor/types.ts';
import { usePanes, type Side } from '../../stores/panes.ts';
import { notify, reportFailure } from '../../stores/notices.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { useUnfinished } from '../../stores/unfinished.ts';
import { createToolSettings } from '../../stores/toolSettings.ts';
import { promptPorts } from '../prompts/promptPorts.ts';
import { afterFrame } from './afterFrame.ts';
import { strokeArchive } from './strokeArchive.ts';

/** Shared by the panes: both paint alike, and an item keeps its undo wherever it is opened. */
export const toolSettings = createToolSettings();
const limitOf = (megabytes: number): number => megabytes * 1e6;
const histories = new HistoryStore(limitOf(usePreferences.getState().historyMegabytes));
usePreferences.subscribe(({ historyMegabytes }) => histories.setLimit(limitOf(historyMegabytes)));
histories.subscribe(() => useUnfinished.setState({ byAsset: new Map(histories.unfinished) }));
/** Long work on pictures, for the tools of both panes and for whoever changes whole masks. */
export const raster: RasterPort = new RasterWorker();
const options = {
  raster,
  histories,
  toolSettings,
  archive: strokeArchive,
  prompts: promptPorts,
  later: afterFrame,
  onToolNote: (message: string) => void notify({ level: 'info', message, topic: 'tool' }),
  onToolFailure: (error: unknown) => reportFailure(error, 'tool'),
  onArchiveFailure: (error: unknown) => reportFailure(error, 'undoSteps'),
};
const editors: Readonly<Record<Side, Editor>> = { left: createEditor(options), right: createEditor(options) };

export const editorOf = (side: Side): Editor => editors[side];
export const activeEditor = (): Editor => editors[usePanes.getState().active];
export const bothEditors: readonly Editor[] = [editors.left, editors.right];
