/** Every spec of a Playwright JSON report (playwright.dev/docs/test-reporters#json-reporter), with the titles above it. */
const specsOf = (suite, titles = []) => [
  ...(suite.specs ?? []).map((spec) => ({ spec, name: [...titles, spec.title].filter(Boolean).join(' > ') })),
  ...(suite.suites ?? []).flatMap((inner) => specsOf(inner, [...titles, inner.title])),
];

/** @returns {import('./tally.mjs').Tally} flaky ones count as failed: a test that needs a second try is not right */
export const playwrightTally = (report) => {
  const tests = (report.suites ?? []).flatMap((suite) => specsOf(suite, [suite.title])).flatMap(({ spec, name }) => spec.tests.map((test) => ({ test, name })));
  const withStatus = (...statuses) => tests.filter(({ test }) => statuses.includes(test.status));
  const failures = [...withStatus('unexpected', 'flaky').map(({ name }) => name), ...(report.errors ?? []).map((error) => (error.message ?? 'an error outside any test').split('\n')[0])];
  return {
    passed: withStatus('expected').length,
    failed: failures.length,
    skipped: withStatus('skipped').map(({ test, name }) => ({
      name,
      reason: (test.annotations ?? []).find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? '',
    })),
    failures,
  };
};
