import { writeFileSync } from 'node:fs';

/**
 * Writes what `npm test` sums up to MASKDESK_VITEST_TALLY. Vitest's own JSON report leaves out why a test was skipped.
 */
const nameOf = (test) => `${test.module.relativeModuleId ?? test.module.moduleId} > ${test.fullName}`;

export const tallyOf = (modules, unhandledErrors) => {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state) => tests.filter((test) => test.result().state === state);
  // A file that could not be loaded, or a hook that threw, has errors but perhaps no failed test.
  const broken = modules.filter((module) => module.errors().length > 0 || (module.state() === 'failed' && ![...module.children.allTests()].some((test) => test.result().state === 'failed')));
  // Cut off in the middle: neither passed nor failed, so not right.
  const unfinished = inState('pending');
  const failures = [
    ...[...inState('failed'), ...unfinished].map(nameOf),
    ...broken.map((module) => module.relativeModuleId ?? module.moduleId),
    ...unhandledErrors.map((error) => `unhandled: ${error.message}`),
  ];
  return {
    passed: inState('passed').length,
    failed: failures.length,
    skipped: inState('skipped').map((test) => ({ name: nameOf(test), reason: test.result().note ?? '' })),
    failures,
  };
};

export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const path = process.env.MASKDESK_VITEST_TALLY;
    if (path !== undefined) writeFileSync(path, JSON.stringify(tallyOf(modules, unhandledErrors)));
  }
}
