import { expect, test } from 'vitest';
import type { CheckResult, MaskChecks } from '../../../shared/domain/check.ts';
import { findingsWord } from './tellChecks.ts';

const result = (checkId: CheckResult['checkId'], level: CheckResult['level']): CheckResult => ({ checkId, level, severity: level === 'fine' ? 0 : 1, value: '', sentence: '', placeImagePx: null });
const checks = (...results: readonly CheckResult[]): MaskChecks => ({ results }) as unknown as MaskChecks;

test('says how many checks there are to look at, and nothing where all are fine', () => {
  expect(findingsWord(checks(result('holes', 'fine')))).toBeNull();
  expect(findingsWord(checks(result('holes', 'look'), result('islands', 'fine')))).toBe('1 check to look at');
  expect(findingsWord(checks(result('holes', 'bad'), result('islands', 'look')))).toBe('2 checks to look at');
});
