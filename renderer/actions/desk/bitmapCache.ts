import type { Photo } from '../../stores/photo.ts';

interface Entry {
  /** Whose photo it is: pinned together with its other sizes. */
  readonly owner: string;
  readonly loading: Promise<Photo>;
  photo: Photo | null;
}

const bytesOf = ({ photo }: Entry): number => (photo === null ? 0 : photo.levels.reduce((sum, level) => sum + level.width * level.height * 4, 0));

/** Decoded photos within a budget, the least recently asked for go first. It owns the bitmaps and closes them: what is on screen is pinned. */
export class BitmapCache {
  readonly #entries = new Map<string, Entry>();
  #pinned: ReadonlySet<string> = new Set();
  #limitBytes: number;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  setLimit(bytes: number): void {
    this.#limitBytes = bytes;
    this.#shrink();
  }

  pin(owners: readonly string[]): void {
    this.#pinned = new Set(owners);
  }

  /** Null where nobody has asked for it, or while it is still being decoded. */
  ifThere(key: string): Promise<Photo> | null {
    const entry = this.#entries.get(key);
    return entry === undefined || entry.photo === null ? null : this.#touch(key, entry).loading;
  }

  /** What is no longer drawn: it is closed at once, pinned or not. */
  drop(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.photo === null) return;
    this.#entries.delete(key);
    for (const level of entry.photo.levels) level.close();
  }

  get(key: string, owner: string, load: () => Promise<Photo>): Promise<Photo> {
    const known = this.#entries.get(key);
    if (known !== undefined) return this.#touch(key, known).loading;
    const entry: Entry = { owner, loading: load(), photo: null };
    this.#entries.set(key, entry);
    entry.loading.then(
      (photo) => {
        entry.photo = photo;
        this.#shrink();
      },
      () => this.#entries.delete(key),
    );
    return entry.loading;
  }

  #touch(key: string, entry: Entry): Entry {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #shrink(): void {
    let total = [...this.#entries.values()].reduce((sum, entry) => sum + bytesOf(entry), 0);
    for (const [key, entry] of this.#entries) {
      if (total <= this.#limitBytes) return;
      if (this.#pinned.has(entry.owner) || entry.photo === null) continue;
      total -= bytesOf(entry);
      this.#entries.delete(key);
      for (const level of entry.photo.levels) level.close();
    }
  }
}
