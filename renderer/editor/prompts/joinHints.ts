import type { Join } from '../../../shared/prompts/prompt.ts';

const words: Readonly<Record<Join, string>> = {
  replace: 'it replaces the mask',
  add: 'it is added to the mask',
  subtract: 'it is taken out of the mask',
  intersect: 'of the mask no more than it is left',
};

/** What becomes of the mask when prompts find something, for the status line. */
export const joinHint = (join: Join, fromMask: boolean): string => (join === 'replace' && fromMask ? 'it goes on from the mask that is there' : words[join]);
