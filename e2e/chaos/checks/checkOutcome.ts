import type { Outcome } from '../outcome.ts';
import { checkBatches } from './batches.ts';
import { Checker } from './checker.ts';
import { checkEvents } from './events.ts';
import { checkMasks } from './masks.ts';

/** The rules of the pipeline and of review, against all that is known in the end. */
export const checkOutcome = (outcome: Outcome): Checker => {
  const checker = new Checker();
  checkMasks(checker, outcome);
  checkEvents(checker, outcome);
  checkBatches(checker, outcome);
  checkPoison(checker, outcome);
  checkVerdicts(checker, outcome);
  checker.that('rest', outcome.unsentEvents === 0, () => `${outcome.unsentEvents} events wait in the outbox`);
  checker.that('rest', outcome.pendingPublications === 0, () => `${outcome.pendingPublications} publications are pending`);
  checker.that('rest', outcome.runningTasks === 0, () => `${outcome.runningTasks} tasks run though nobody works`);
  return checker;
};

const checkPoison = (checker: Checker, { poison, deadLetters }: Outcome): void => {
  const found = new Set(deadLetters);
  for (const { body } of poison) checker.that('poison', found.has(body), () => `not in a dead-letter queue: ${body}`);
  const known = new Set(poison.map(({ body }) => body));
  for (const body of found) checker.that('poison', known.has(body), () => `a dead letter that is none: ${body.slice(0, 300)}`);
};

/** What a desk was told stands in the history, with the very mask. */
const checkVerdicts = (checker: Checker, { deskLines, verdicts, assets }: Outcome): void => {
  const revisions = new Map(assets.flatMap(({ known }) => known?.revisions ?? []).map((revision) => [revision.revisionId, revision]));
  for (const line of deskLines) {
    if (line.kind !== 'acknowledged') continue;
    const verdict = verdicts.get(line.verdictId);
    checker.that('verdict', verdict !== undefined && verdict.kind === line.verdict && verdict.asset.id === line.asset.id && verdict.asset.kind === line.asset.kind, () => `an acknowledged ${line.verdict} of ${line.asset.id} is lost (${line.verdictId})`);
    if (verdict === undefined || line.maskSha256 === null || verdict.revisionId === null) continue;
    const mask = revisions.get(verdict.revisionId)?.maskSha256;
    checker.that('verdict', mask === line.maskSha256, () => `${line.asset.id}: approved was ${line.maskSha256}, the history says ${mask}`);
  }
};
