import { describe, expect, it } from 'vitest';
import { playwrightTally } from './playwrightTally.mjs';
import { allowedSkips, judgeSkips } from './skipPolicy.mjs';
import { emptyTally, lastLine, singleTally, sumTallies } from './tally.mjs';
import { tallyOf } from './vitestReporter.mjs';

describe('tallies', () => {
  it('sum up to the last line', () => {
    const skipped = { ...emptyTally(), skipped: [{ name: 'a', reason: 'b' }] };
    expect(lastLine(sumTallies([singleTally(true, 'lint'), singleTally(false, 'types'), skipped, { ...emptyTally(), passed: 40 }]))).toBe('41 passed, 1 failed, 1 skipped');
    expect(lastLine(sumTallies([]))).toBe('0 passed, 0 failed, 0 skipped');
  });
});

describe('judgeSkips', () => {
  const skipped = [
    { name: allowedSkips[0].name, reason: 'out of reach' },
    { name: 'a lazy test', reason: '' },
  ];
  it('keeps every skip on a desk', () => expect(judgeSkips(skipped, { ci: false })).toEqual({ kept: skipped, refused: [] }));
  it('refuses in CI what is not allowed by name', () => expect(judgeSkips(skipped, { ci: true })).toEqual({ kept: [skipped[0]], refused: [skipped[1]] }));
});

describe('playwrightTally', () => {
  const spec = (title, status, annotations = []) => ({ title, tests: [{ status, annotations }] });
  const report = {
    suites: [
      {
        title: 'desk.spec.ts',
        specs: [spec('opens', 'expected')],
        suites: [{ title: 'brush', specs: [spec('paints', 'unexpected'), spec('flickers', 'flaky'), spec('on a Mac', 'skipped', [{ type: 'skip', description: 'needs macOS' }])] }],
      },
    ],
    errors: [],
  };
  it('counts each test once, flaky ones as failed, and keeps the reasons', () => {
    expect(playwrightTally(report)).toEqual({
      passed: 1,
      failed: 2,
      failures: ['desk.spec.ts > brush > paints', 'desk.spec.ts > brush > flickers'],
      skipped: [{ name: 'desk.spec.ts > brush > on a Mac', reason: 'needs macOS' }],
    });
  });
  it('counts an error outside any test, such as a file that does not load', () => {
    expect(playwrightTally({ suites: [], errors: [{ message: 'No tests found\nmore' }] })).toEqual({ ...emptyTally(), failed: 1, failures: ['No tests found'] });
  });
});

describe('the vitest reporter', () => {
  const test = (fullName, state, note) => ({ fullName, module: { relativeModuleId: 'x.test.ts' }, result: () => ({ state, note }) });
  const module = (tests, { errors = [], state = 'passed' } = {}) => ({ relativeModuleId: 'x.test.ts', children: { allTests: () => tests }, errors: () => errors, state: () => state });

  it('counts states and keeps the note of a skip', () => {
    const tally = tallyOf([module([test('a', 'passed'), test('b', 'failed'), test('c', 'skipped', 'needs macOS')], { state: 'failed' })], []);
    expect(tally).toEqual({ passed: 1, failed: 1, failures: ['x.test.ts > b'], skipped: [{ name: 'x.test.ts > c', reason: 'needs macOS' }] });
  });
  it('counts a file that could not be loaded, a test that was cut off and an unhandled error', () => {
    expect(tallyOf([module([], { errors: [new Error('no')], state: 'failed' }), module([test('late', 'pending')])], [{ message: 'stray' }]).failed).toBe(3);
  });
});
