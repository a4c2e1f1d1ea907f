import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asId } from '../../../shared/domain/ids.ts';
import { auditTrailKinds, type AuditRecord } from '../../../shared/domain/auditTrail.ts';
import { auditWriter, chainStart, followChain } from './auditLine.ts';

const record: fc.Arbitrary<AuditRecord> = fc.record({
  sequence: fc.nat(),
  atMs: fc.integer({ min: 0, max: 4e12 }),
  who: fc.option(fc.string({ unit: 'binary' })),
  kind: fc.constantFrom(...auditTrailKinds),
  asset: fc.option(fc.record({ kind: fc.constant('keyframe' as const), id: fc.string({ minLength: 1 }).map((id) => asId(id)) })),
  details: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
});

const linesOf = (records: readonly AuditRecord[]): string[] => {
  let chain = chainStart;
  return records.map((each) => {
    const line = auditWriter('jsonl').line(each, chain);
    chain = line.chain;
    return line.text.trimEnd();
  });
};

const holds = (lines: readonly string[]): boolean => {
  let chain: string | null = chainStart;
  for (const line of lines) {
    chain = followChain(line, chain);
    if (chain === null) return false;
  }
  return true;
};

test('a line is one JSON object; a file as it was written follows its chain, one with a line changed, gone or moved does not', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 2, maxLength: 6 }), fc.nat(), (records, pick) => {
      const lines = linesOf(records);
      const at = pick % (lines.length - 1);
      lines.forEach((line, place) => expect(JSON.parse(line)).toMatchObject({ sequence: records[place]?.sequence, details: records[place]?.details }));
      expect(holds(lines)).toBe(true);
      expect(holds(lines.with(at, (lines[at] ?? '').replace('"who":', '"who" :')))).toBe(false);
      expect(holds(lines.toSpliced(at, 1))).toBe(false);
      expect(holds(lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? ''))).toBe(false);
    }),
    { numRuns: 40 },
  );
});

test('a cell holds quotes, commas and lines, and no formula', () => {
  const csv = auditWriter('csv');
  const { text } = csv.line({ sequence: 7, atMs: 0, who: '=cmd("x"),\ny', kind: 'verdict', asset: null, details: { note: 'a,b' } }, chainStart);
  expect(csv.head).toBe('sequence,at,who,kind,asset_kind,asset_id,details,chain\r\n');
  expect(text).toMatch(/^7,1970-01-01T00:00:00\.000Z,"'=cmd\(""x""\),\ny",verdict,,,"\{""note"":""a,b""\}",[0-9a-f]{64}\r\n$/);
});
