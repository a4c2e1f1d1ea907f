import { Copy } from 'lucide-react';
import { useEffect } from 'react';
import type { Asset } from '../../../shared/domain/asset.ts';
import { auditKinds, type AuditKind } from '../../../shared/domain/audit.ts';
import { loadAudit, useAudit } from '../../stores/audit.ts';
import { useFoldedSections } from '../../stores/foldedSections.ts';
import { useHistory } from '../../stores/history.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { Chip } from '../../ui/Chip.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { auditKindLabels, auditText, wordsOf } from './auditWords.ts';
import './HistorySection.css';
import { InspectorSection } from './InspectorSection.tsx';
import { ago } from './revisionWords.ts';
import { useNow } from './useNow.ts';

const copy = async (text: string, count: number): Promise<void> => {
  await navigator.clipboard.writeText(text);
  notify({ level: 'info', topic: 'copied', message: `Copied ${count} ${count === 1 ? 'line' : 'lines'} of history` });
};

/** Everything that happened to the item, newest first. */
export const HistorySection = ({ asset }: { readonly asset: Asset }) => {
  const entries = useAudit((state) => state.entries);
  const kind = useAudit((state) => state.kind);
  const revisions = useHistory((state) => state.revisions);
  const verdicts = useHistory((state) => state.verdicts);
  const isOpen = useFoldedSections((state) => !state.folded.includes('history'));
  const nowMs = useNow();
  // Whatever changes an item changes when it was changed, or its versions.
  useEffect(() => {
    if (isOpen) inBackground(loadAudit(asset), 'audit');
  }, [isOpen, asset, revisions, verdicts]);
  const present = auditKinds.filter((one) => entries.some((entry) => entry.kind === one));
  const shown = kind === null ? entries : entries.filter((entry) => entry.kind === kind);
  const choose = (next: AuditKind | null): void => useAudit.setState({ kind: next });
  return (
    <InspectorSection
      id="history"
      title="History"
      aside={
        isOpen && shown.length > 0 ? (
          <IconButton label="Copy as text" tipSide="left" onClick={() => inBackground(copy(auditText(`History of ${asset.id}`, shown, revisions), shown.length), 'copied')}>
            <Copy />
          </IconButton>
        ) : undefined
      }
    >
      {present.length > 1 && (
        <div className="audit-kinds" role="group" aria-label="Kinds of entries">
          <Chip isActive={kind === null} onClick={() => choose(null)}>
            All
          </Chip>
          {present.map((one) => (
            <Chip key={one} isActive={one === kind} onClick={() => choose(one === kind ? null : one)}>
              {auditKindLabels[one]}
            </Chip>
          ))}
        </div>
      )}
      <ol className="audit" aria-label="What happened">
        {shown.map((entry, index) => {
          const { who, what, detail } = wordsOf(entry, revisions);
          return (
            <li key={`${entry.atMs} ${index}`} className="audit-entry" data-testid="audit-entry">
              <span className="audit-what selectable">
                {who !== null && <strong>{who} </strong>}
                {what}
              </span>
              <time className="note" dateTime={new Date(entry.atMs).toISOString()} title={new Date(entry.atMs).toLocaleString()}>
                {ago(entry.atMs, nowMs)}
              </time>
              {detail !== null && <span className="audit-detail secondary selectable">{detail}</span>}
            </li>
          );
        })}
      </ol>
      {shown.length === 0 && <p className="dim">Nothing yet.</p>}
    </InspectorSection>
  );
};
