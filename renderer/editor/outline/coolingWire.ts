/** So many wires in a row must agree before their common beginning counts as settled. */
const agreeing = 8;

/**
 * Finds the part of a live wire that has settled: while the pointer goes on along an edge, the wire's beginning stays the same from move to move, and an anchor
 * can be placed at its end without being asked for (Mortensen and Barrett 1995: path cooling).
 */
export class CoolingWire {
  #recent: Float64Array[] = [];

  reset(): void {
    this.#recent = [];
  }

  /** @returns how many points of this wire, counted from its beginning, all recent wires have in common; 0 while there are too few */
  settledPoints(wire: Float64Array): number {
    this.#recent.push(wire);
    if (this.#recent.length > agreeing) this.#recent.shift();
    if (this.#recent.length < agreeing) return 0;
    let common = wire.length;
    for (const other of this.#recent) {
      let same = 0;
      while (same < common && same < other.length && wire[same] === other[same]) same++;
      common = same;
    }
    return common >>> 1;
  }
}
