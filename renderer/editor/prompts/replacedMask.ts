import { uniformValue } from '../../../shared/edits/tileCodec.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import type { PromptEntry } from './promptTrail.ts';

const isBlankMask = ({ tiles }: TileState): boolean => tiles.every((tile) => uniformValue(tile) === 0);

/**
 * Whether a person has to be told that a first click puts another mask in the place of the one that was there. Once: of the first such object, for as long
 * as its prompts are in hand; who has read it knows.
 */
export class ReplacedMask {
  /** The mask whose replacement was told; held weakly, as it may be large. */
  #toldOf: WeakRef<TileState> | null = null;

  /** @param entry what the mask in hand came from */
  isToTell(entry: PromptEntry | null): boolean {
    if (entry?.answer == null || !entry.isOpen || entry.state.join !== 'replace' || entry.state.fromMask) return false;
    if (this.#toldOf !== null) return this.#toldOf.deref() === entry.base;
    if (isBlankMask(entry.base)) return false;
    this.#toldOf = new WeakRef(entry.base);
    return true;
  }
}
