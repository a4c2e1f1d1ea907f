/** Bytes that were expensive to make, the least recently used forgotten first once they are more than the limit together. */
export class ByteCache {
  readonly #entries = new Map<string, Uint8Array>();
  readonly #limitBytes: number;
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string): Uint8Array | null {
    const bytes = this.#entries.get(key);
    if (bytes === undefined) return null;
    // A Map keeps insertion order: to be the youngest again is to be inserted again.
    this.#entries.delete(key);
    this.#entries.set(key, bytes);
    return bytes;
  }

  set(key: string, bytes: Uint8Array): void {
    this.#forget(key);
    if (bytes.length > this.#limitBytes) return;
    this.#entries.set(key, bytes);
    this.#sizeBytes += bytes.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#sizeBytes <= this.#limitBytes) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const bytes = this.#entries.get(key);
    if (bytes === undefined) return;
    this.#entries.delete(key);
    this.#sizeBytes -= bytes.length;
  }
}
