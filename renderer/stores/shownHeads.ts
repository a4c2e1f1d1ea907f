import type { Asset } from '../../shared/domain/asset.ts';
import { core } from '../bridge/core.ts';
import { inBackground } from './notices.ts';

/** While the list moves nobody looks at a row. */
const restMs = 150;
/** More rows than a 4K screen shows; the contract's limit. */
const mostHeads = 200;

let timer: ReturnType<typeof setTimeout> | null = null;
let told = '';

/** Tells the core, when the list rests, which masks on screen nobody has checked yet. @param shown what is on screen then */
export const tellShown = (shown: () => readonly Asset[]): void => {
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => {
    timer = null;
    const unchecked = shown().flatMap(({ headRevisionId, suspicion }) => (headRevisionId === null || suspicion !== null ? [] : [headRevisionId])).slice(0, mostHeads);
    const now = unchecked.join();
    if (now === told) return;
    told = now;
    if (unchecked.length > 0) inBackground(core().queue.shown({ unchecked }), 'queue');
  }, restMs);
};
