import { asId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { DraftStore } from '../../../shared/ports/store/draftStore.ts';
import { lockAsset } from './assetState.ts';
import type { Connection } from './connection.ts';
import { mattesOf, promptsOf } from './rows.ts';

export const createDraftStore = (connection: Connection, clock: Clock): DraftStore => ({
  put: (draft) =>
    connection.write(async (queries) => {
      await lockAsset(queries, draft.asset);
      const content = {
        base_revision_id: draft.baseRevisionId,
        width_px: draft.widthPx,
        height_px: draft.heightPx,
        mask_rle: draft.maskRle,
        mattes: draft.mattes == null ? null : JSON.stringify(draft.mattes),
        saved_at_ms: clock.nowMs(),
        prompts: draft.prompts == null ? null : JSON.stringify(draft.prompts),
      };
      await queries
        .insertInto('maskdesk_drafts')
        .values({ kind: draft.asset.kind, asset_id: draft.asset.id, reviewer: draft.reviewer, ...content })
        .onConflict((conflict) => conflict.columns(['kind', 'asset_id', 'reviewer']).doUpdateSet(content))
        .execute();
    }),
  get: (asset, reviewer) =>
    connection.read(async (queries) => {
      const row = await queries
        .selectFrom('maskdesk_drafts')
        .selectAll()
        .where('kind', '=', asset.kind)
        .where('asset_id', '=', asset.id)
        .where('reviewer', '=', reviewer)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        asset: { kind: row.kind, id: asId(row.asset_id) },
        reviewer: row.reviewer,
        baseRevisionId: row.base_revision_id === null ? null : asId(row.base_revision_id),
        widthPx: row.width_px,
        heightPx: row.height_px,
        maskRle: new Uint8Array(row.mask_rle),
        mattes: mattesOf(row.mattes),
        prompts: promptsOf(row.prompts),
        savedAtMs: row.saved_at_ms,
      };
    }),
  remove: (asset, reviewer) =>
    connection.write(async (queries) => {
      await queries
        .deleteFrom('maskdesk_drafts')
        .where('kind', '=', asset.kind)
        .where('asset_id', '=', asset.id)
        .where('reviewer', '=', reviewer)
        .execute();
    }),
});
