import { mostChosen } from '../../stores/bulkSelection.ts';
import { notify } from '../../stores/notices.ts';

/** A choice that was larger than can be judged in one go. @param beyond items that were left out */
export const sayTooMany = (beyond: number): void => {
  if (beyond <= 0) return;
  notify({
    level: 'info',
    topic: 'choose',
    message: `The first ${mostChosen.toLocaleString()} are chosen; ${beyond.toLocaleString()} more are left for another go.`,
  });
};
