const blockLength = 4096;
const most32 = 2 ** 32 - 1;

/** Of one block: where its first range starts; of each range how far behind that it starts, and its length. Wide: starts and ends themselves. */
type Block = { readonly base: number; readonly offsets: Uint32Array; readonly lengths: Uint32Array } | { readonly wide: Float64Array };

/** Ranges [start, end) of a file, in any order: 8 bytes a range where neighbours lie within 4 GB of each other, else 16. Grows by blocks, so that growing copies nothing. */
export class RangeList {
  readonly #blocks: Block[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(start: number, end: number): void {
    const within = this.#count % blockLength;
    if (within === 0) this.#blocks.push({ base: start, offsets: new Uint32Array(blockLength), lengths: new Uint32Array(blockLength) });
    let block = this.#blocks.at(-1) as Block;
    if ('base' in block && (start < block.base || start - block.base > most32 || end - start > most32)) {
      const wide = new Float64Array(2 * blockLength);
      for (let index = 0; index < within; index++) [wide[2 * index], wide[2 * index + 1]] = rangeIn(block, index);
      this.#blocks[this.#blocks.length - 1] = block = { wide };
    }
    if ('base' in block) {
      block.offsets[within] = start - block.base;
      block.lengths[within] = end - start;
    } else {
      block.wide[2 * within] = start;
      block.wide[2 * within + 1] = end;
    }
    this.#count++;
  }

  /** @throws RangeError */
  at(index: number): readonly [start: number, end: number] {
    const block = this.#blocks[Math.floor(index / blockLength)];
    if (block === undefined || index >= this.#count) throw new RangeError(`There is no range ${index} of ${this.#count}`);
    return rangeIn(block, index % blockLength);
  }
}

const rangeIn = (block: Block, within: number): [start: number, end: number] => {
  if ('wide' in block) return [block.wide[2 * within] as number, block.wide[2 * within + 1] as number];
  const start = block.base + (block.offsets[within] as number);
  return [start, start + (block.lengths[within] as number)];
};
