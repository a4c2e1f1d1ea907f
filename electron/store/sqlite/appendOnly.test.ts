import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { systemClock } from '../../base/systemClock.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { openStore } from '../index.ts';
import { image1, modelRevision, seedCatalog, verdictInput } from '../testing/samples.ts';

const snapshotChanges = [
  'update maskdesk_snapshots set number = 7',
  "update maskdesk_snapshots set digest = ''",
  'delete from maskdesk_snapshots',
  "update maskdesk_snapshot_entries set local_path = 'another'",
  'delete from maskdesk_snapshot_entries',
  "insert into maskdesk_snapshot_entries (snapshot, position, revision_sequence, state, rejections, local_path, parent_id) values (1, 1, 1, 'approved', 0, 'x', '')",
  "insert into maskdesk_snapshot_links (snapshot, product_id, video_id) values (1, 'p', 'v')",
  "update maskdesk_snapshot_photos set photo_sha256 = 'another'",
  'delete from maskdesk_snapshot_photos',
];

test('what happened can be neither changed nor removed, by any program that has the file', async () => {
  const storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-audit-'));
  const store = await openStore({ storeDir, create: true, clock: systemClock });
  await seedCatalog(store);
  const { revision } = await store.revisions.addCandidate(modelRevision(image1));
  await store.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId));
  await store.comments.add({ commentId: asId('c1'), asset: image1, revisionId: null, pointImagePx: null, author: 'ada', text: 'x' });
  const set = await store.sets.save({ setId: asId('s1'), name: 'all', filter: {}, createdBy: 'ada' });
  const { snapshotId } = await store.sets.freeze(set.setId, { snapshotId: asId('n1'), createdBy: 'ada' });
  await store.sets.rememberPhoto(snapshotId, image1, asId('0'.repeat(64)));
  const other = new DatabaseSync(join(storeDir, 'maskdesk.db'));
  const forbidden = [
    "update maskdesk_audit set who = 'nobody'",
    'delete from maskdesk_audit',
    "update maskdesk_verdicts set reviewer = 'nobody'",
    'delete from maskdesk_verdicts',
    "update maskdesk_revisions set mask_sha256 = 'another'",
    'delete from maskdesk_revisions',
    "update maskdesk_comment_events set who = 'nobody'",
    'delete from maskdesk_comment_events',
    "update maskdesk_revisions set import_id = 'another'",
    ...snapshotChanges,
  ];
  for (const sql of forbidden) expect(() => other.exec(sql), sql).toThrow(/The audit trail is only ever added to|What happened is not|A snapshot of a set never changes/);
  other.close();
  await store.close();
  await rm(storeDir, { recursive: true });
});
