import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { systemClock } from '../../base/systemClock.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { openStore } from '../index.ts';
import { image1, modelRevision, seedCatalog, verdictInput } from '../testing/samples.ts';

test('what happened can be neither changed nor removed, by any program that has the file', async () => {
  const storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-audit-'));
  const store = await openStore({ storeDir, create: true, clock: systemClock });
  await seedCatalog(store);
  const { revision } = await store.revisions.addCandidate(modelRevision(image1));
  await store.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId));
  await store.comments.add({ commentId: asId('c1'), asset: image1, revisionId: null, pointImagePx: null, author: 'ada', text: 'x' });
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
  ];
  for (const sql of forbidden) expect(() => other.exec(sql), sql).toThrow(/The audit trail is only ever added to|What happened is not/);
  other.close();
  await store.close();
  await rm(storeDir, { recursive: true });
});
