import { useAdjusting } from './adjusting.ts';
import { useLiveChange } from './liveChange.ts';

/** Whether a change is shown that has something to set; what has nothing is over in a moment. */
export const useHasOpenChange = (): boolean => {
  const isShown = useLiveChange(({ name }) => name !== null);
  const isMoment = useAdjusting(({ kind }) => kind === 'invert');
  return isShown && !isMoment;
};
