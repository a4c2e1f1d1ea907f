import { emptyEdit, type Edit } from '../../shared/edits/edit.ts';
import type { Matte } from '../../shared/edits/matte.ts';
import type { Rect } from '../../shared/mask/rect.ts';
import type { MaskDocument } from './maskDocument.ts';
import { tilesOf } from './maskSource.ts';
import type { Mattes } from './matte/mattes.ts';
import { Proposal } from './proposal.ts';
import type { MaskSource } from './types.ts';

export interface ProposalsHost {
  /** Null while nothing is loaded. */
  readonly document: MaskDocument | null;
  readonly mattes: Mattes;
  onPixels(rects: readonly Rect[]): void;
  /** What is shown counts, as this edit. */
  onAccepted(edit: Edit, matte: Matte | null): void;
  /** Whether one is open, or changes something, may be different now. */
  onChanged(): void;
}

/** The one mask that a pane may show before it counts. A tool and a panel may both have one to show: whose is open counts as soon as the other begins. */
export class Proposals {
  readonly #host: ProposalsHost;
  #open: Proposal | null = null;
  #by: 'tool' | 'panel' = 'tool';

  constructor(host: ProposalsHost) {
    this.#host = host;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  get changesSomething(): boolean {
    return this.#open?.changesSomething === true;
  }

  show(by: 'tool' | 'panel', mask: MaskSource | null, matte: Matte | null = null): void {
    const { document, mattes } = this.#host;
    if (document === null) return;
    if (this.#by !== by) this.accept();
    this.#by = by;
    const tiles = mask === null ? null : tilesOf(mask);
    this.#open ??= new Proposal(document);
    this.#host.onPixels(this.#open.show(tiles));
    mattes.propose(matte);
    this.#host.onChanged();
  }

  /** @returns whether it changed anything */
  accept(): boolean {
    if (this.#open === null) return false;
    const { document, mattes } = this.#host;
    const matte = mattes.take();
    // A matte beside a mask that stays as it is, is a step as well.
    const edit = this.#open.accept() ?? (matte === null || document === null ? null : emptyEdit(document.grid));
    this.#open = null;
    if (edit === null) this.#host.onChanged();
    else this.#host.onAccepted(edit, matte);
    return edit !== null;
  }

  /** @returns whether one was open */
  drop(): boolean {
    if (this.#open === null) return false;
    const rects = this.#open.drop();
    this.#open = null;
    this.#host.mattes.take();
    this.#host.onPixels(rects);
    this.#host.onChanged();
    return true;
  }
}
