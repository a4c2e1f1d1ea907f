/** Which elements belong to which owner: 8 bytes an element and 4 an owner, whatever their order in the file. */
export interface Groups {
  /** Indices of the owner's elements, ascending. */
  of(owner: number): Uint32Array;
}

/** @param owners of each element, 0 to below `ownerCount` */
export const groupByOwner = (owners: Uint32Array, ownerCount: number): Groups => {
  const ends = new Uint32Array(ownerCount + 1);
  for (const owner of owners) ends[owner + 1] = (ends[owner + 1] as number) + 1;
  for (let owner = 1; owner <= ownerCount; owner++) ends[owner] = (ends[owner] as number) + (ends[owner - 1] as number);
  const next = ends.slice();
  const sorted = new Uint32Array(owners.length);
  for (let index = 0; index < owners.length; index++) {
    const owner = owners[index] as number;
    const place = next[owner] as number;
    next[owner] = place + 1;
    sorted[place] = index;
  }
  return { of: (owner) => sorted.subarray(ends[owner], ends[owner + 1]) };
};
