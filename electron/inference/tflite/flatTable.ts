/**
 * A table of a FlatBuffer (flatbuffers.dev, "FlatBuffer Internals"): fields are found by their number in the schema, through a table of offsets;
 * those that are not there have the schema's default.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** The table that the buffer is about. @throws RangeError where the bytes are no FlatBuffer, also from every other method */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  int8(field: number, standard = 0): number {
    const at = this.#place(field);
    return at === null ? standard : this.#view.getInt8(at);
  }

  int32(field: number, standard = 0): number {
    const at = this.#place(field);
    return at === null ? standard : this.#view.getInt32(at, true);
  }

  table(field: number): FlatTable | null {
    const at = this.#place(field);
    return at === null ? null : new FlatTable(this.#view, this.#follow(at));
  }

  tables(field: number): readonly FlatTable[] {
    const { count, at } = this.#vector(field);
    return Array.from({ length: count }, (_, index) => new FlatTable(this.#view, this.#follow(at + 4 * index)));
  }

  int32s(field: number): readonly number[] {
    const { count, at } = this.#vector(field);
    return Array.from({ length: count }, (_, index) => this.#view.getInt32(at + 4 * index, true));
  }

  /** The bytes themselves, not a copy. */
  bytes(field: number): Uint8Array {
    const { count, at } = this.#vector(field);
    if (at + count > this.#view.byteLength) throw new RangeError('A vector ends beyond the buffer');
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, count);
  }

  #place(field: number): number | null {
    const offsets = this.#at - this.#view.getInt32(this.#at, true);
    const slot = 4 + 2 * field;
    if (slot >= this.#view.getUint16(offsets, true)) return null;
    const offset = this.#view.getUint16(offsets + slot, true);
    return offset === 0 ? null : this.#at + offset;
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }

  #vector(field: number): { readonly count: number; readonly at: number } {
    const place = this.#place(field);
    if (place === null) return { count: 0, at: 0 };
    const at = this.#follow(place);
    return { count: this.#view.getUint32(at, true), at: at + 4 };
  }
}
