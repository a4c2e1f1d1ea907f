import type { AddCommand } from '../addCommand.ts';
import { exitCodes } from '../output.ts';

export const registerRecover = (add: AddCommand): void => {
  const { run } = add('recover', 'finish what a crash left pending, compare published masks with the database and mend them');
  run(async ({ output, openApp }) => {
    const app = await openApp({ background: false });
    const report = await app.recover();
    output.answer(
      {
        published: report.published,
        superseded: report.superseded,
        delivered: report.delivered,
        checked: report.standingChecked,
        repaired: report.repaired,
        paths_restored: report.pathsRestored,
        blobs_restored: report.blobsRestored,
        lost: report.lost,
        temporaries_removed: report.temporariesRemoved,
        passed_over: report.passedOver,
        problems: report.problems,
      },
      [
        `${report.published} pending approvals published, ${report.delivered} events delivered`,
        `${report.standingChecked} published masks checked, ${report.repaired.length} rewritten, ${report.pathsRestored.length} paths set again, ${report.blobsRestored.length} revisions restored, ${report.temporariesRemoved} temporary files removed`,
        ...report.passedOver.map((sentence) => `  superseded: ${sentence}`),
        ...report.lost.map((path) => `  lost: ${path} (no copy is left; segment or paint it again)`),
        ...report.problems.map((problem) => `  not done: ${problem}`),
      ].join('\n'),
    );
    return report.lost.length + report.problems.length > 0 ? exitCodes.failed : exitCodes.ok;
  });
};
