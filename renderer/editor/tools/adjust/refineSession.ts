import type { RefineSettings } from '../../../../shared/picture/refineMatte.ts';
import type { RefinedEdge } from '../../../../shared/raster/refineEdge.ts';
import { present } from '../../../../shared/errors/errors.ts';
import type { RasterPort } from '../../raster/rasterPort.ts';
import type { Editor } from '../../types.ts';
import { LiveChange, type LiveChangeParts } from './liveChange.ts';

export interface RefineOptions extends RefineSettings {
  /** Whether the mask becomes what the matte covers by half and more. */
  readonly updatesMask: boolean;
}

type Listeners = Pick<LiveChangeParts<RefineOptions, RefinedEdge>, 'onShown' | 'onEnded' | 'onFailed'>;

/** An edge that is refined into a matte, shown while its sliders move. Applied, the matte lies beside the mask: one history item. */
export const createRefineSession = (editor: Editor, raster: RasterPort, listeners: Listeners): LiveChange<RefineOptions, RefinedEdge> => {
  const assetKey = present(editor.assetKey, 'The asset to refine');
  return new LiveChange<RefineOptions, RefinedEdge>({
    editor,
    compute: (mask, options, signal) => raster.run('refineEdge', { mask, ...options }, { assetKey, signal, lane: `refine ${assetKey}` }),
    show: ({ mask, matte }) => editor.propose({ tiles: mask }, matte),
    ...listeners,
  });
};
