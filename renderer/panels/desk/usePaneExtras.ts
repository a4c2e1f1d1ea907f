import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { maskTilesOf } from '../../actions/desk/assetPixels.ts';
import { comparisonOf, modelRevision, type Comparison } from '../../actions/desk/comparison.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import { onionNeighbour } from '../../actions/desk/onion.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { reportFailure } from '../../stores/notices.ts';
import { usePanes, type Side } from '../../stores/panes.ts';
import { useView } from '../../stores/view.ts';

/** What a view needs beside the mask, for the item that is shown; null while it is being fetched. */
interface Fetched<T> {
  readonly of: string;
  readonly value: T;
}

/** Fetches something for a key, drops answers that come too late, and forgets what belongs to another key. */
const useFetched = <T>(key: string | null, fetch: () => Promise<T>): T | null => {
  const [fetched, setFetched] = useState<Fetched<T> | null>(null);
  useEffect(() => {
    if (key === null) return undefined;
    let isWanted = true;
    fetch().then(
      (value) => {
        if (isWanted) setFetched({ of: key, value });
      },
      (error: unknown) => {
        if (isWanted) reportFailure(error, 'view');
      },
    );
    return () => {
      isWanted = false;
    };
    // The key says everything that the answer depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return key !== null && fetched?.of === key ? fetched.value : null;
};

export interface PaneExtras {
  readonly difference: { readonly base: TileState } | null;
  readonly onion: TileState | null;
  /** For the line under the picture; undefined while it is not known yet. */
  readonly comparison: Comparison | null | undefined;
  readonly onionId: string | null;
  /** What the model gave, while its key is held; undefined while it is fetched or not asked for. */
  readonly model: { readonly revision: Revision; readonly mask: TileState } | null | undefined;
}

/** The mask to compare with, and the neighbour's, as the view asks for them. */
export const usePaneExtras = (side: Side): PaneExtras => {
  const { asset, siblings, seenHead, status } = usePanes((state) => state[side]);
  const mode = useView((state) => state.mode);
  const wantedBase = useView((state) => state.differenceBase);
  const skin = useView((state) => state.onionSkin);
  const isEdited = useStore(editorOf(side).status, (state) => state.isDirty);
  const shown = status === 'ready' ? asset : null;

  const differenceKey = mode === 'difference' && shown !== null ? `${shown.id} ${shown.state} ${seenHead ?? ''} ${isEdited} ${wantedBase}` : null;
  const compared = useFetched(differenceKey, async () => {
    if (shown === null) return null;
    const comparison = await comparisonOf(shown, seenHead, isEdited, wantedBase);
    return { comparison, base: comparison === null ? null : await maskTilesOf(comparison.revision.revisionId) };
  });
  const base = compared?.base ?? null;
  const difference = useMemo(() => (base === null ? null : { base }), [base]);

  const isModelHeld = useView((state) => state.isHeldModel);
  const modelKey = isModelHeld && shown !== null ? `${shown.kind} ${shown.id} ${seenHead ?? ''}` : null;
  const model = useFetched(modelKey, async () => {
    const revision = shown === null ? null : await modelRevision(shown, seenHead);
    return { given: revision === null ? null : { revision, mask: await maskTilesOf(revision.revisionId) } };
  });

  const neighbour = shown === null ? null : onionNeighbour(shown, siblings, skin);
  const neighbourHead = neighbour?.headRevisionId ?? null;
  const onion = useFetched(neighbourHead, () => (neighbourHead === null ? Promise.resolve(null) : maskTilesOf(neighbourHead)));

  return {
    difference,
    onion,
    comparison: compared === null ? undefined : compared.comparison,
    onionId: neighbour?.id ?? null,
    model: model?.given,
  };
};
