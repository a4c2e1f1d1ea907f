import { create } from 'zustand';
import { assetKey } from '../../shared/domain/asset.ts';
import { core } from '../bridge/core.ts';
import { reportFailure } from './notices.ts';
import { useSegmentation } from './segmentation.ts';

export type TaskMark = 'running' | 'queued';

/** Which items a model works on now, and which are next, by assetKey. Of a long line only its beginning is known. */
export const useTaskMarks = create<{ readonly marks: ReadonlyMap<string, TaskMark> }>(() => ({ marks: new Map() }));

/** Each look reads rows; a person reads no faster. */
const restMs = 1000;
const mostMarked = 200;

const readMarks = async (): Promise<void> => {
  const [queued, running] = await Promise.all(
    (['queued', 'running'] as const).map(async (state) => {
      const { tasks } = await core().segmentation.tasks({ state, offset: 0, limit: mostMarked });
      return tasks.map(({ asset }) => [assetKey(asset), state] as const);
    }),
  );
  useTaskMarks.setState({ marks: new Map([...(queued ?? []), ...(running ?? [])]) });
};

let timer: ReturnType<typeof setTimeout> | null = null;

useSegmentation.subscribe(({ status }) => {
  const isBusy = status !== null && status.counts.queued + status.counts.running > 0;
  if (!isBusy && timer === null) {
    if (useTaskMarks.getState().marks.size > 0) useTaskMarks.setState({ marks: new Map() });
    return;
  }
  timer ??= setTimeout(() => {
    timer = null;
    readMarks().catch((error: unknown) => reportFailure(error, 'tasks'));
  }, restMs);
});
