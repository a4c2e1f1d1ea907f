import { paceOf, type PhaseProgress } from '../../stores/phasePace.ts';
import { duration } from './words.ts';

/** ["120 of 412", "35 a second", "8 s left"], as far as it is known. */
export const paceWords = (progress: PhaseProgress): readonly string[] => {
  const { done, total } = progress;
  const pace = paceOf(progress);
  return [
    ...(total === null || total === 0 ? [] : [`${done.toLocaleString()} of ${total.toLocaleString()}`]),
    ...(pace === null ? [] : [`${pace.perSecond.toFixed(pace.perSecond < 10 ? 1 : 0)} a second`, `${duration(pace.secondsLeft)} left`]),
  ];
};
