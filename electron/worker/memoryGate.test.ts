import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryGate } from './memoryGate.ts';

const closedAfter = (gate: MemoryGate, usedBytes: number, messagesInHand = 1): boolean => gate.look({ usedBytes, messagesInHand }).isClosed;

describe('MemoryGate', () => {
  it('closes before the ceiling, and opens again only well below it', () => {
    const gate = new MemoryGate(1000);
    expect(closedAfter(gate, 899)).toBe(false);
    expect(closedAfter(gate, 900)).toBe(true);
    expect(closedAfter(gate, 850)).toBe(true);
    expect(closedAfter(gate, 799)).toBe(false);
    expect(closedAfter(gate, 850)).toBe(false);
  });

  it('lets work in when nothing in hand could free memory, and says that the ceiling is too tight', () => {
    const gate = new MemoryGate(1000);
    expect(closedAfter(gate, 1500, 1)).toBe(true);
    const looks = Array.from({ length: 5 }, () => gate.look({ usedBytes: 1500, messagesInHand: 0 }));
    expect(looks.map(({ isClosed }) => isClosed)).toEqual([true, true, true, true, false]);
    expect(looks.at(-1)?.tooTight).toBe(true);
    // Idle it stays open; the first message in hand closes it.
    expect(closedAfter(gate, 1500, 0)).toBe(false);
    expect(closedAfter(gate, 1500, 1)).toBe(true);
  });

  it('is never open at nine tenths with work in hand, never closed below eight', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ usedBytes: fc.integer({ min: 0, max: 2000 }), messagesInHand: fc.integer({ min: 1, max: 9 }) })), (looks) => {
        const gate = new MemoryGate(1000);
        for (const look of looks) {
          const { isClosed } = gate.look(look);
          if (look.usedBytes >= 900) expect(isClosed).toBe(true);
          if (look.usedBytes < 800) expect(isClosed).toBe(false);
        }
      }),
    );
  });
});
