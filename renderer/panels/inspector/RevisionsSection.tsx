import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import { compareWith, pickVersion } from '../../actions/review/compareVersions.ts';
import { leaveRevision } from '../../actions/review/importWaits.ts';
import { discardDraft } from '../../actions/review/discardDraft.ts';
import { takeRevision } from '../../actions/review/takeRevision.ts';
import { forgetChosen, useCompare, type MaskVersion } from '../../stores/compare.ts';
import { useDrafts, type DraftMark } from '../../stores/drafts.ts';
import { useHistory } from '../../stores/history.ts';
import { sideOfKind } from '../../stores/panes.ts';
import { Chip } from '../../ui/Chip.tsx';
import { versionName } from '../shared/versionWords.ts';
import { Facts } from './Facts.tsx';
import { InspectorSection } from './InspectorSection.tsx';
import { ago, briefly, inFull, makerOf, verdictOn, verdictWords } from './revisionWords.ts';
import './RevisionsSection.css';
import { SmallButton } from './SmallButton.tsx';
import { useNow } from './useNow.ts';
import { VersionRow } from './VersionRow.tsx';

const keptWords: Readonly<Record<DraftMark, string>> = { restored: 'kept', saved: 'kept', saving: 'being kept', unsaved: 'not kept yet', failed: 'could not be kept' };

const stepsWord = (count: number): string => (count === 1 ? '1 step' : `${count} steps`);

interface Picking {
  readonly isChosen: (version: MaskVersion) => boolean;
  readonly pick: (version: MaskVersion, isAdding: boolean) => void;
}

const DraftRow = ({ asset, isChosen, pick }: Picking & { readonly asset: Asset }) => {
  const status = editorOf(sideOfKind[asset.kind]).status;
  const isDirty = useStore(status, (editor) => editor.isDirty && editor.assetKey === assetKey(asset));
  const steps = useStore(status, (editor) => editor.historyItems);
  const hasMatte = useStore(status, (editor) => editor.hasMatte);
  const mark = useDrafts((state) => state.marks[assetKey(asset)]);
  if (!isDirty) return null;
  const facts = [...(steps === 0 ? [] : [stepsWord(steps)]), ...(hasMatte ? ['soft edge'] : []), ...(mark === undefined ? [] : [keptWords[mark]])];
  return (
    <VersionRow
      name="Draft, you"
      time={<span className="note">now</span>}
      line={facts.join(' · ')}
      isHead
      isChosen={isChosen('draft')}
      testId="draft-row"
      onPick={(isAdding) => pick('draft', isAdding)}
    >
      {isChosen('draft') && (
        <div className="version-more">
          <div className="version-buttons">
            {asset.headRevisionId !== null && <SmallButton onClick={() => compareWith(asset, asset.headRevisionId ?? 'draft', 'draft')}>Compare with the stored one</SmallButton>}
            <SmallButton onClick={discardDraft.run}>Discard</SmallButton>
          </div>
        </div>
      )}
    </VersionRow>
  );
};

const RevisionRow = ({ asset, revision, nowMs, isDrawn, isChosen, pick }: Picking & { readonly asset: Asset; readonly revision: Revision; readonly nowMs: number; readonly isDrawn: boolean }) => {
  const verdicts = useHistory((state) => state.verdicts);
  const isAlone = useCompare((state) => state.chosen.length === 1);
  const isHead = revision.revisionId === asset.headRevisionId;
  const isPublished = useHistory((state) => state.published === revision.revisionId);
  const verdict = verdictOn(revision, verdicts);
  const { revisionId } = revision;
  return (
    <VersionRow
      {...makerOf(revision)}
      badge={
        (isHead || isPublished) && <span className="note version-now">{[isHead && 'current', isPublished && 'published'].filter((word) => word !== false).join(', ')}</span>
      }
      time={
        <time className="note" dateTime={new Date(revision.createdAtMs).toISOString()} title={new Date(revision.createdAtMs).toLocaleString()}>
          {ago(revision.createdAtMs, nowMs)}
        </time>
      }
      line={briefly(revision)}
      verdict={verdict === null ? null : { text: verdictWords(verdict), tone: verdict.kind === 'approve' ? 'ok' : verdict.kind === 'reject' ? 'bad' : 'quiet', note: verdict.note }}
      isHead={isDrawn}
      isChosen={isChosen(revisionId)}
      testId="revision"
      onPick={(isAdding) => pick(revisionId, isAdding)}
    >
      {isChosen(revisionId) && isAlone && (
        <div className="version-more">
          <Facts rows={inFull(revision)} />
          {!isHead && (
            <div className="version-buttons">
              <SmallButton onClick={() => takeRevision(asset, revisionId)}>{revision.beside === 'waiting' ? 'Take it' : 'Restore'}</SmallButton>
              {revision.beside === 'waiting' && <SmallButton onClick={() => leaveRevision(asset, revision)}>Leave it</SmallButton>}
              {asset.headRevisionId !== null && <SmallButton onClick={() => compareWith(asset, revisionId, asset.headRevisionId ?? revisionId)}>Compare with the current</SmallButton>}
            </div>
          )}
        </div>
      )}
    </VersionRow>
  );
};

const stepOf: Readonly<Record<string, -1 | 1>> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrows go from version to version. */
const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const step = stepOf[event.key];
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.version-pick')];
  const index = rows.findIndex((row) => row === document.activeElement);
  if (step === undefined || index === -1) return;
  event.preventDefault();
  rows[Math.min(rows.length - 1, Math.max(0, index + step))]?.focus();
};

/** A version that was chosen over an approved one is not what the pipeline has until it is approved itself. */
const PublishedLine = ({ asset }: { readonly asset: Asset }) => {
  const published = useHistory((state) => state.published);
  const revisions = useHistory((state) => state.revisions);
  if (published === null || published === asset.headRevisionId) return null;
  return (
    <p className="secondary version-hint" data-testid="published-other">
      Published: the version of {versionName(revisions, published)}, not the current one.
    </p>
  );
};

/** Every version of the mask: who made it, when, with what, and what was said of it. Any two can be compared. */
export const RevisionsSection = ({ asset }: { readonly asset: Asset }) => {
  const revisions = useHistory((state) => state.revisions);
  const chosen = useCompare((state) => (state.asset !== null && sameAsset(state.asset, asset) ? state.chosen : null));
  const isEdited = useStore(editorOf(sideOfKind[asset.kind]).status, (editor) => editor.isDirty && editor.assetKey === assetKey(asset));
  const [isComparing, setComparing] = useState(false);
  const nowMs = useNow();
  const key = assetKey(asset);
  const lastKey = useRef(key);
  useEffect(() => {
    if (lastKey.current === key) return;
    lastKey.current = key;
    setComparing(false);
    forgetChosen();
  }, [key]);
  const picking: Picking = {
    isChosen: (version) => chosen?.includes(version) === true,
    pick: (version, isAdding) => pickVersion(asset, version, isAdding || isComparing),
  };
  const compare = (
    <Chip isActive={isComparing} title="Then choose two versions" onClick={() => setComparing(!isComparing)}>
      Compare
    </Chip>
  );
  return (
    <InspectorSection id="revisions" title={revisions.length > 1 ? `Revisions · ${revisions.length}` : 'Revisions'} {...(revisions.length > 1 || (isEdited && revisions.length > 0) ? { aside: compare } : {})}>
      {isComparing && (chosen?.length ?? 0) < 2 && <p className="secondary version-hint">Choose {chosen?.length === 1 ? 'one more' : 'any two'}.</p>}
      <PublishedLine asset={asset} />
      <ul className="versions" onKeyDown={moveFocus}>
        <DraftRow asset={asset} {...picking} />
        {revisions.map((revision) => (
          <RevisionRow key={revision.revisionId} asset={asset} revision={revision} nowMs={nowMs} isDrawn={!isEdited && revision.revisionId === asset.headRevisionId} {...picking} />
        ))}
      </ul>
      {revisions.length === 0 && !isEdited && <p className="dim">No mask has been made yet.</p>}
    </InspectorSection>
  );
};
