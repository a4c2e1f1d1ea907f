import { useCheckPlace } from '../../stores/checkPlace.ts';
import { loadChecks, useChecks } from '../../stores/checks.ts';
import { inBackground } from '../../stores/notices.ts';
import { activeAsset, usePanes } from '../../stores/panes.ts';

const load = (): void => inBackground(loadChecks(activeAsset()?.headRevisionId ?? null), 'checks');

/** Called once: the checks are those of the active pane's head, and are read again while they are missing or the core says that they changed. */
export const startFollowingChecks = (): void => {
  usePanes.subscribe((state, before) => {
    const { asset } = state[state.active];
    const was = before[before.active].asset;
    if (asset === was) return;
    const { revisionId, status, checks } = useChecks.getState();
    const isShown = asset !== null && asset.headRevisionId === revisionId && status === 'ready' && asset.suspicion === (checks?.suspicion ?? null);
    if (!isShown) load();
    if (useCheckPlace.getState().shown?.revisionId !== (asset?.headRevisionId ?? null)) useCheckPlace.setState({ shown: null, isOutlined: false });
  });
};

/** After the connection to the core was made anew. */
export const readChecksAgain = load;
