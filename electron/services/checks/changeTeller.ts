import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { AppEvents } from '../appEvents.ts';

/** A list on screen is read anew for each change; of background work it hears this often. */
const tellEveryMs = 700;

/** Collects assets whose checks changed and says so, not too often. */
export class ChangeTeller {
  readonly #events: AppEvents;
  #changed = new Map<string, AssetRef>();
  #lastMs = 0;
  #isTelling = false;

  constructor(events: AppEvents) {
    this.#events = events;
  }

  /** True while listeners hear what this one says: it is no news to the checks themselves. */
  get isTelling(): boolean {
    return this.#isTelling;
  }

  note(assets: readonly AssetRef[]): void {
    for (const asset of assets) this.#changed.set(assetKey(asset), { kind: asset.kind, id: asset.id });
  }

  tellSometimes(): void {
    if (performance.now() - this.#lastMs > tellEveryMs) this.tell();
  }

  tell(): void {
    if (this.#changed.size === 0) return;
    const assets = [...this.#changed.values()];
    this.#changed = new Map();
    this.#lastMs = performance.now();
    this.#isTelling = true;
    try {
      this.#events.assetsChanged(assets);
    } finally {
      this.#isTelling = false;
    }
  }
}
