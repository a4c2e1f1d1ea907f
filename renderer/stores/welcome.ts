import { create } from 'zustand';
import { useQueue } from './queue.ts';

interface WelcomeState {
  /** The person has put the page away for this session, to look at an empty desk. */
  readonly isDismissed: boolean;
  /** The store was seen empty: whoever fills it now is a newcomer to it. */
  readonly wasEmpty: boolean;
}

export const useWelcome = create<WelcomeState>(() => ({ isDismissed: false, wasEmpty: false }));

export const dismissWelcome = (): void => useWelcome.setState({ isDismissed: true });
export const noteEmptyStore = (): void => useWelcome.setState({ wasEmpty: true });
export const forgetEmptyStore = (): void => useWelcome.setState({ wasEmpty: false });

/** Null while it is not known. */
export const isStoreEmpty = (): boolean | null => {
  const { totals } = useQueue.getState();
  return totals === null ? null : Object.values(totals).every((count) => count === 0);
};
