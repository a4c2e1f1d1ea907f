import { describe, expect, it } from 'vitest';
import { breaks } from '../breaks.ts';
import type { Outcome } from '../outcome.ts';
import { soundOutcome } from '../testing/soundOutcome.ts';
import { checkKinds } from './checker.ts';
import { checkOutcome } from './checkOutcome.ts';
import { checkTheChecks } from './checkTheChecks.ts';

describe('the checks of the chaos program', () => {
  it('find nothing where all went as the rules say, and look at everything', () => {
    const checker = checkOutcome(soundOutcome());
    expect(checker.faults).toEqual([]);
    expect([...checker.counts.keys()].sort()).toEqual(Object.keys(checkKinds).sort());
  });

  it.each(breaks)('notice: $name', ({ spoil, expected }) => {
    const broken = spoil(soundOutcome());
    expect(broken).not.toBeNull();
    expect(checkOutcome(broken as Outcome).faults).toContainEqual(expect.stringMatching(expected));
  });

  it('try themselves on every outcome', () => {
    expect(checkTheChecks(soundOutcome())).toEqual({ noticed: breaks.map(({ name }) => name), impossible: [], unnoticed: [] });
  });

  const changed = (id: string, change: (row: Outcome['intake'][number]) => Outcome['intake'][number]): readonly string[] => {
    const sound = soundOutcome();
    return checkOutcome({ ...sound, intake: sound.intake.map((row) => (row.asset.id === id ? change(row) : row)) }).faults;
  };

  it('take a total that is smaller by a picture that nobody had rejected for wrong', () => {
    expect(changed('untouched', (row) => ({ ...row, state: 'failed', errorCode: 'rejected' }))).toContainEqual(expect.stringMatching(/^mask: untouched: counted as rejected at 1000, when nobody had/));
    // It was rejected, later than that.
    expect(changed('rejected', (row) => ({ ...row, state: 'failed', errorCode: 'rejected' }))).toContainEqual(expect.stringMatching(/^mask: rejected: counted as rejected/));
  });

  it.each([
    ['reopened', null],
    ['undone', null],
    ['reopenedFirst', '0'.repeat(64)],
    ['rejected', '0'.repeat(64)],
  ])('know which mask stands for %s', (id, fileSha256) => {
    const sound = soundOutcome();
    const assets = sound.assets.map((asset) => (asset.planned.id === id && asset.known !== null ? { ...asset, known: { ...asset.known, fileSha256 } } : asset));
    expect(checkOutcome({ ...sound, assets }).faults).toEqual([expect.stringMatching(new RegExp(`^mask: ${id}:`))]);
  });

  it('let an event find no file only while its mask was withdrawn', () => {
    const sound = soundOutcome();
    const late = (id: string, lookedAtMs: number): readonly string[] =>
      checkOutcome({ ...sound, received: sound.received.map((received) => (received.event.image_id === id ? { ...received, lookedAtMs, missing: [id] } : received)) }).faults;
    expect(late('rejected', 5_000)).toEqual([]);
    expect(late('rejected', 1_050)).toContainEqual(expect.stringMatching(/^order: rejected/));
    // Withdrawn at 1100, back at 1200.
    expect(late('undone', 1_150)).toEqual([]);
    expect(late('undone', 5_000)).toContainEqual(expect.stringMatching(/^order: undone/));
  });
});
