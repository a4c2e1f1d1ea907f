import { asId, type VerdictId } from '../../../shared/domain/ids.ts';
import type { AddCommand } from '../addCommand.ts';
import { reportVerdict } from '../verdicts.ts';

export const registerUndo = (add: AddCommand): void => {
  const { command, run } = add('undo', 'take a verdict back; without an id your latest one');
  command.argument('[verdict-id]').option('--reviewer <name>', 'whose latest verdict (default: MASKDESK_REVIEWER, else your user name)');
  run(async ({ output, openApp }, _options, [verdictId]) => {
    const app = await openApp({ background: false });
    const result = await app.services.review.undo({ verdictId: typeof verdictId === 'string' ? asId<VerdictId>(verdictId) : undefined });
    await reportVerdict(app, output, result, `Took back the verdict on ${result.asset.id}`);
  });
};
