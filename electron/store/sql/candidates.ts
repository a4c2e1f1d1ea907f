import { sql, type RawBuilder } from 'kysely';
import { assetKey, type AssetKind, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type BatchId, type TaskId } from '../../../shared/domain/ids.ts';
import { replayVerdicts } from '../../../shared/domain/reviewState.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { present } from '../../../shared/errors/errors.ts';
import { assetLease } from '../../../shared/ports/store/leaseStore.ts';
import type { CandidateOutcome } from '../../../shared/ports/store/revisionStore.ts';
import { changeAsset, lockAsset } from './assetState.ts';
import type { Connection, Queries } from './connection.ts';
import { readRevision } from './revisionRead.ts';
import { insertRevision } from './insertRevision.ts';
import { headBefore, putBack } from './putBack.ts';
import { verdictsOf } from './verdictRead.ts';

/** A machine's clock says when something was made; the database's, which leases hold still. */
export interface Now {
  readonly clockMs: () => number;
  readonly databaseMs: () => RawBuilder<number>;
}

/** Results of models: when they become head, and how a re-run is taken back. */
export const addCandidate = async (queries: Queries, revision: NewRevision, taskId: TaskId | null, now: Now): Promise<CandidateOutcome> => {
  const row = await lockAsset(queries, revision.asset);
  const known = await readRevision(queries, revision.revisionId);
  if (known !== null) return { revision: known, becameHead: row.head_revision_id === known.revisionId };
  const nowMs = now.clockMs();
  const added = await insertRevision(queries, revision, nowMs);
  const task = taskId === null ? undefined : await queries.selectFrom('maskdesk_jobs').select(['state', 'batch_id']).where('task_id', '=', taskId).executeTakeFirst();
  const becameHead = task?.state !== 'cancelled' && !(await isInPersonsHands(queries, revision.asset, now));
  if (task?.batch_id != null) {
    await queries
      .updateTable('maskdesk_revisions')
      .set({ batch_id: task.batch_id, replaced_head_id: becameHead ? row.head_revision_id : null })
      .where('revision_id', '=', added.revisionId)
      .execute();
  }
  if (becameHead) await changeAsset(queries, revision.asset, { state: 'to_review', reason: null, head: added }, nowMs);
  return { revision: added, becameHead };
};

/** architecture.md, Who moves the head: a human revision, a draft, a live lease or a verdict that stands. */
export const isInPersonsHands = async (queries: Queries, asset: AssetRef, now: Now): Promise<boolean> => {
  const { kind, id } = asset;
  const lease = assetLease(assetKey(asset));
  const found = await queries
    .selectNoFrom((expression) => [
      expression
        .exists(expression.selectFrom('maskdesk_revisions').select('sequence').where('asset_kind', '=', kind).where('asset_id', '=', id).where('origin', '=', 'human'))
        .as('revised'),
      expression.exists(expression.selectFrom('maskdesk_drafts').select('kind').where('kind', '=', kind).where('asset_id', '=', id)).as('drafted'),
      expression
        .exists(expression.selectFrom('maskdesk_leases').select('owner').where('resource', '=', lease).where('expires_at_ms', '>', now.databaseMs()))
        .as('leased'),
    ])
    .executeTakeFirst();
  const { revised, drafted, leased } = present(found, 'answer to exists');
  if (Number(revised) + Number(drafted) + Number(leased) > 0) return true;
  return replayVerdicts(await verdictsOf(queries, asset)).latest !== null;
};

interface Replaced {
  readonly kind: AssetKind;
  readonly id: string;
  /** The re-run's, which is head; and the head that it took the place of. */
  readonly result: string;
  readonly replaced: string;
}

/** Few at a time, so that others write between. */
const restoredAtOnce = 100;

export const restoreReplaced = async (connection: Connection, batchId: BatchId, now: Now): Promise<readonly AssetRef[]> => {
  const standing = (among: RawBuilder<string> | null) => sql<Replaced>`
    select asset.kind, asset.id, result.revision_id as result, result.replaced_head_id as replaced from maskdesk_revisions result
    join maskdesk_assets asset on asset.kind = result.asset_kind and asset.id = result.asset_id and asset.head_revision_id = result.revision_id
    where result.batch_id = ${batchId} and result.replaced_head_id is not null
      ${among === null ? sql`` : sql`and result.asset_kind || ':' || result.asset_id in ${among}`} order by asset.kind, asset.id`;
  const found = (await connection.read((queries) => standing(null).execute(queries))).rows;
  const restored: AssetRef[] = [];
  for (let from = 0; from < found.length; from += restoredAtOnce) {
    const keys = found.slice(from, from + restoredAtOnce).map(({ kind, id }) => `${kind}:${id}`);
    const part = await connection.write(async (queries) => {
      const done: AssetRef[] = [];
      for (const { kind, id, result, replaced } of (await standing(queries.dialect.texts(keys)).execute(queries)).rows) {
        const asset: AssetRef = { kind, id: asId(id) };
        const row = await lockAsset(queries, asset);
        if (row.head_revision_id !== result) continue;
        if (await isInPersonsHands(queries, asset, now)) continue;
        await putBack(queries, asset, await headBefore(queries, null, replaced), now.clockMs());
        done.push(asset);
      }
      return done;
    });
    restored.push(...part);
  }
  return restored;
};
