import type { Unfinished } from '../../stores/unfinished.ts';

/** For a sentence: "2 clicks that wait for an answer and an outline that is not closed". */
export const unfinishedWords = ({ waitingClicks, openOutlines }: Unfinished): string => {
  const clicks = waitingClicks === 0 ? null : waitingClicks === 1 ? 'a click that waits for an answer' : `${waitingClicks} clicks that wait for an answer`;
  const outlines = openOutlines.length === 0 ? null : openOutlines.length === 1 ? 'an outline that is not closed' : `${openOutlines.length} outlines that are not closed`;
  return [clicks, outlines].filter((part) => part !== null).join(' and ');
};
