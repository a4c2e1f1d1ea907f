import { asId, type PublicationId, type VerdictId } from '../../../shared/domain/ids.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { Acknowledged } from './protocol.ts';

/** An acknowledged verdict is in the store as its writer was told, and what it makes public went out. */
export const checkVerdict = async (store: Store, said: Acknowledged, faults: string[]): Promise<void> => {
  const name = `${said.verdict} ${said.verdictId} of ${said.assetId}`;
  const verdict = await store.review.get(asId<VerdictId>(said.verdictId));
  if (verdict === null) return void faults.push(`${name} is lost`);
  const { kind, asset, revisionId, undoesVerdictId } = verdict;
  if (kind !== said.verdict || asset.id !== said.assetId || revisionId !== said.revisionId || undoesVerdictId !== said.undoesVerdictId) {
    faults.push(`${name} is another than was acknowledged`);
  }
  if (said.maskSha256 !== null) {
    const revision = revisionId === null ? null : await store.revisions.get(revisionId);
    if (revision?.maskSha256 !== said.maskSha256) faults.push(`${name} has another mask than was acknowledged`);
  }
  if (said.publication === null) {
    if (kind === 'approve') faults.push(`${name} publishes nothing`);
    return;
  }
  const publication = await store.publications.get(asId<PublicationId>(said.publication.publicationId));
  if (publication?.state !== 'published') faults.push(`${name} is ${publication?.state ?? 'without publication'} after the restart`);
  if (publication?.revisionId !== said.publication.revisionId) faults.push(`${name} publishes another mask than was acknowledged`);
  const eventIds = (publication?.events ?? []).map((event) => event.eventId);
  if (eventIds.join() !== said.publication.eventIds.join()) faults.push(`${name} has other event ids than were acknowledged: ${eventIds.join()}`);
  // The product of the crash store is in one job; a withdrawal tells nobody.
  if (eventIds.length !== (said.publication.revisionId === null ? 0 : 1)) faults.push(`${name} has ${eventIds.length} events`);
};
