import { create } from 'zustand';
import { core } from '../bridge/core.ts';

interface QueueLook {
  /** Lower rows, more of them. */
  readonly isCompact: boolean;
}

export const useQueueLook = create<QueueLook>(() => ({ isCompact: false }));

const key = 'queue.compact';

export const loadQueueLook = async (): Promise<void> => {
  const kept = await core().app.getPreference({ key });
  if (typeof kept === 'boolean') useQueueLook.setState({ isCompact: kept });
};

/** Kept in the store. */
export const setCompact = async (isCompact: boolean): Promise<void> => {
  useQueueLook.setState({ isCompact });
  await core().app.setPreference({ key, value: isCompact });
};
