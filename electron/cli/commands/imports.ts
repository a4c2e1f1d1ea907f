import { counted } from '../../../shared/domain/counted.ts';
import type { ImportId } from '../../../shared/domain/ids.ts';
import { standingWords, type MaskImport } from '../../../shared/domain/maskImport.ts';
import type { AddCommand } from '../addCommand.ts';

const moment = (atMs: number): string => new Date(atMs).toISOString();

const record = ({ importId, atMs, by, source, format, masks, standing, undoneAtMs, undoneBy }: MaskImport): Record<string, unknown> => ({
  import_id: importId,
  at: moment(atMs),
  by,
  source,
  format,
  masks,
  to_review: standing.toReview,
  approved: standing.approved,
  rejected: standing.rejected,
  waiting: standing.waiting,
  left: standing.left,
  replaced: standing.replaced,
  taken_back: standing.takenBack,
  undone_at: undoneAtMs === null ? null : moment(undoneAtMs),
  undone_by: undoneBy,
});

const line = (one: MaskImport): string =>
  `${one.importId}  ${moment(one.atMs)}  ${one.by}  ${one.source} (${one.format})  ${counted(one.masks, 'mask')}: ${standingWords(one.standing)}${one.undoneAtMs === null ? '' : ` (${moment(one.undoneAtMs)} by ${one.undoneBy ?? ''})`}`;

const atOnce = 50;

export const registerImports = (add: AddCommand): void => {
  const { run } = add('imports', 'list the imports of masks, newest first, and what became of their masks');
  run(async ({ output, openToRead, signal }) => {
    const { services } = await openToRead();
    let before: ImportId | null = null;
    for (;;) {
      const page: readonly MaskImport[] = await services.maskImports.list(atOnce, before);
      for (const one of page) output.answer(record(one), line(one));
      const last: MaskImport | undefined = page.at(-1);
      if (last === undefined && before === null) output.note('No masks have been imported yet. Import some with: maskdesk import-masks');
      if (last === undefined || page.length < atOnce || signal.aborted) return;
      before = last.importId;
    }
  });
};
