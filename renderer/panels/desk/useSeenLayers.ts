import { useEffect, useState } from 'react';
import { sameAsset } from '../../../shared/domain/asset.ts';
import { layerMask } from '../../actions/tools/layers/layerMasks.ts';
import type { CanvasLayer } from '../../canvas/layersPainter.ts';
import { partsOf, useMaskLayers } from '../../stores/maskLayers.ts';
import { reportFailure } from '../../stores/notices.ts';
import { usePanes, type Side } from '../../stores/panes.ts';

/** The parts whose eye is open, as they join: grown ones grown. Those of before stay until others have come, so that nothing flickers under a slider. */
export const useSeenLayers = (side: Side): readonly CanvasLayer[] | null => {
  const { asset, revision, settings, seen } = useMaskLayers();
  const isShown = usePanes((state) => state.active === side && state[side].asset !== null && asset !== null && sameAsset(state[side].asset, asset));
  const wanted = !isShown || revision === null ? [] : settings.filter(({ part }) => seen.includes(part)).map(({ part, growPx }) => ({ part, growPx }));
  const of = isShown ? (revision?.revisionId ?? null) : null;
  const key = of === null || wanted.length === 0 ? null : `${of} ${wanted.map(({ part, growPx }) => `${part}:${growPx}`).join(' ')}`;
  const [fetched, setFetched] = useState<{ readonly of: string; readonly layers: readonly CanvasLayer[] } | null>(null);
  useEffect(() => {
    if (key === null || of === null || asset === null) return undefined;
    let isWanted = true;
    const fetch = async (): Promise<void> => {
      const layers = await Promise.all(
        wanted.flatMap(({ part, growPx }) => {
          const facts = partsOf(revision)[part];
          return facts === undefined ? [] : [layerMask(asset, facts, growPx).then((mask) => ({ part, mask }))];
        }),
      );
      if (isWanted) setFetched({ of, layers });
    };
    fetch().catch((error: unknown) => {
      if (isWanted) reportFailure(error, 'layers');
    });
    return () => {
      isWanted = false;
    };
    // The key says everything that the answer depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return key !== null && fetched?.of === of ? fetched.layers : null;
};
