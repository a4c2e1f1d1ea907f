import { useStore } from 'zustand';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { rejectReasonLabels, type Verdict } from '../../../shared/domain/verdict.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import { discardDraft } from '../../actions/review/discardDraft.ts';
import { takeRevision } from '../../actions/review/takeRevision.ts';
import { useDrafts } from '../../stores/drafts.ts';
import { useHistory } from '../../stores/history.ts';
import { sideOfKind } from '../../stores/panes.ts';
import { Section } from '../../ui/Section.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { clockTime, percent } from '../shared/words.ts';

const verdictWords = (verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'approve':
      return `approved by ${verdict.reviewer}`;
    case 'reject':
      return `rejected${verdict.reason === null ? '' : `: ${rejectReasonLabels[verdict.reason].toLowerCase()}`}`;
    case 'reopen':
      return `reopened by ${verdict.reviewer}`;
    case 'undo':
      return 'verdict taken back';
  }
};

/** The last word on a revision: verdicts that were taken back do not count. */
const verdictOn = (revision: Revision, verdicts: readonly Verdict[]): Verdict | null => {
  const undone = new Set(verdicts.map(({ undoesVerdictId }) => undoesVerdictId));
  return verdicts.findLast(({ kind, revisionId, verdictId }) => kind !== 'undo' && revisionId === revision.revisionId && !undone.has(verdictId)) ?? null;
};

const describe = (revision: Revision, verdict: Verdict | null): string => {
  const facts = [percent(revision.areaPx / (revision.widthPx * revision.heightPx))];
  if (revision.model !== null) facts.push(`threshold ${revision.model.threshold.toFixed(2)}`);
  if (verdict !== null) facts.push(verdictWords(verdict));
  return facts.join(' · ');
};

const useIsEdited = (asset: Asset): boolean =>
  useStore(editorOf(sideOfKind[asset.kind]).status, (status) => status.isDirty && status.assetKey === assetKey(asset));

const DraftRow = ({ asset }: { readonly asset: Asset }) => {
  const isDirty = useIsEdited(asset);
  const mark = useDrafts((state) => state.marks[assetKey(asset)]);
  if (!isDirty) return null;
  return (
    <li className="revision revision-current">
      <span className="revision-mark" aria-hidden="true" />
      <span className="revision-text">
        <span>Your edit</span>
        <span className="secondary">{mark === 'saved' || mark === 'restored' ? 'kept as a draft' : mark === 'failed' ? 'could not be kept' : 'not kept yet'}</span>
      </span>
      <button type="button" className="revision-take" onMouseDown={keepFocus} onClick={discardDraft.run}>
        Discard
      </button>
    </li>
  );
};

/** Every version of the mask: who made it, when, with what, and what was said of it. */
export const RevisionsSection = ({ asset }: { readonly asset: Asset }) => {
  const isEdited = useIsEdited(asset);
  const revisions = useHistory((state) => state.revisions);
  const verdicts = useHistory((state) => state.verdicts);
  return (
    <Section title="Versions" aside={revisions.length > 1 ? revisions.length : undefined}>
      <ul className="revisions">
        <DraftRow asset={asset} />
        {revisions.map((revision) => {
          const isHead = revision.revisionId === asset.headRevisionId;
          const details = describe(revision, verdictOn(revision, verdicts));
          return (
            <li key={revision.revisionId} className={isHead && !isEdited ? 'revision revision-current' : 'revision'} data-testid="revision">
              <span className="revision-mark" aria-hidden="true" />
              <span className="revision-text">
                <span className="revision-author">
                  <span className="ellipsis" title={revision.author}>
                    {revision.author}
                  </span>
                  <time className="note" dateTime={new Date(revision.createdAtMs).toISOString()}>
                    {clockTime(revision.createdAtMs)}
                  </time>
                </span>
                <span className="secondary">{details}</span>
              </span>
              {!isHead && (
                <button type="button" className="revision-take" onMouseDown={keepFocus} onClick={() => takeRevision(asset, revision.revisionId)}>
                  Take this one
                </button>
              )}
            </li>
          );
        })}
        {revisions.length === 0 && <li className="dim">No version yet.</li>}
      </ul>
    </Section>
  );
};
