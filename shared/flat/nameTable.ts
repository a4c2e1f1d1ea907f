/** Where a table's digests begin: of its own, so that nobody can make up names that clash in it. */
const randomLane = (): number => Math.floor(Math.random() * 2 ** 32);

/** Spreads what is in few bits over all 32 (the finaliser of MurmurHash3, by Austin Appleby, public domain). */
const spread = (bits: number): number => {
  let mixed = bits;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

const largerCopy = (values: Float64Array, length: number): Float64Array => {
  const larger = new Float64Array(length);
  larger.set(values);
  return larger;
};

/** Slots a name, at least; open addressing needs some that are free. */
const slotsEach = 1.5;

/**
 * Numbers names (ids, paths) from 0 in the order in which they are first seen, without keeping them: 14 bytes a whole number, 22 a text, in typed arrays, where a Map takes
 * a hundred. A whole number and its plain decimal text (`7`, `'7'`) are one name. Two different texts are taken for one in 1 of 2^105 cases.
 */
export class NameTable {
  readonly #lanes = [randomLane(), randomLane(), randomLane(), randomLane()] as const;
  /** Of each name: the whole number itself, or half of a text's digest. */
  #keys: Float64Array;
  /** The other half, never 0; 0 of whole numbers. Made with the first text. */
  #others: Float64Array | null = null;
  /** Number of the name that took the slot, plus one; 0: free. */
  #slots: Uint32Array;
  #count = 0;
  /** Of the name in hand: an object a name would be garbage by the million. */
  #key = 0;
  #other = 0;

  /** @param expected how many names there will be: then nothing is copied */
  constructor(expected = 64) {
    const room = Math.max(16, expected);
    this.#keys = new Float64Array(room);
    this.#slots = new Uint32Array(Math.ceil(room * slotsEach));
  }

  get count(): number {
    return this.#count;
  }

  /** What the name's number is; one that was not there gets the next (the count before). */
  add(name: string | number): number {
    this.#take(name);
    const [key, other] = [this.#key, this.#other];
    let slot = this.#slotOf(key, other);
    const known = this.#slots[slot] as number;
    if (known !== 0) return known - 1;
    if (this.#count === this.#keys.length) {
      this.#grow();
      slot = this.#slotOf(key, other);
    }
    const number = this.#count++;
    this.#keys[number] = key;
    if (other !== 0) (this.#others ??= new Float64Array(this.#keys.length))[number] = other;
    this.#slots[slot] = number + 1;
    return number;
  }

  /** The name's number; -1: it is not there. */
  find(name: string | number): number {
    this.#take(name);
    return (this.#slots[this.#slotOf(this.#key, this.#other)] as number) - 1;
  }

  has(name: string | number): boolean {
    return this.find(name) !== -1;
  }

  #take(name: string | number): void {
    const whole = typeof name === 'number' ? name : Number(name);
    if (Number.isSafeInteger(whole) && (typeof name === 'number' || String(whole) === name)) {
      // Adding 0 makes -0 the 0 that its text is.
      this.#key = whole + 0;
      this.#other = 0;
    } else this.#digest(String(name));
  }

  #digest(text: string): void {
    let [a, b, c, d] = this.#lanes;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b ^ unit, 0x85ebca77);
      b = (b << 15) | (b >>> 17);
      c = Math.imul(c ^ unit, 0xc2b2ae3d);
      c = (c << 11) | (c >>> 21);
      d = Math.imul(d ^ unit, 0x27d4eb2f);
      d = (d << 17) | (d >>> 15);
    }
    this.#key = spread(a ^ text.length) * 2 ** 21 + (spread(b ^ a) >>> 11);
    this.#other = 1 + spread(c ^ text.length) * 2 ** 20 + (spread(d ^ c) >>> 12);
  }

  /** Where the name is, or the free slot where it belongs. */
  #slotOf(key: number, other: number): number {
    const { length } = this.#slots;
    const start = spread((key | 0) ^ Math.imul((key / 2 ** 32) | 0, 0x9e3779b1) ^ this.#lanes[0]);
    for (let slot = start % length; ; slot = slot + 1 === length ? 0 : slot + 1) {
      const taken = (this.#slots[slot] as number) - 1;
      if (taken === -1 || (this.#keys[taken] === key && (this.#others?.[taken] ?? 0) === other)) return slot;
    }
  }

  #grow(): void {
    const room = 2 * this.#keys.length;
    this.#keys = largerCopy(this.#keys, room);
    if (this.#others !== null) this.#others = largerCopy(this.#others, room);
    this.#slots = new Uint32Array(Math.ceil(room * slotsEach));
    for (let number = 0; number < this.#count; number++) this.#slots[this.#slotOf(this.#keys[number] as number, this.#others?.[number] ?? 0)] = number + 1;
  }
}
