import type { AdjustKind, Adjusted } from '../../../../shared/raster/adjustMask.ts';
import { present } from '../../../../shared/errors/errors.ts';
import type { RasterPort } from '../../raster/rasterPort.ts';
import type { Editor } from '../../types.ts';
import { LiveChange, type LiveChangeParts } from './liveChange.ts';

/** Waiting jobs of one adjustment replace each other; those of the other pane are another's. */
const laneOf = (assetKey: string): string => `adjust ${assetKey}`;

type Listeners = Pick<LiveChangeParts<number, Adjusted>, 'onShown' | 'onEnded' | 'onFailed'>;

/** An adjustment (shared/raster/adjustMask.ts) that is shown while its amount is chosen. Nothing is computed before the first `set`. */
export const createAdjustSession = (editor: Editor, raster: RasterPort, kind: AdjustKind, listeners: Listeners): LiveChange<number, Adjusted> => {
  const assetKey = present(editor.assetKey, 'The asset to adjust');
  return new LiveChange<number, Adjusted>({
    editor,
    compute: (mask, amount, signal) => raster.run('adjustMask', { mask, kind, amount }, { assetKey, signal, lane: laneOf(assetKey) }),
    ...listeners,
  });
};
