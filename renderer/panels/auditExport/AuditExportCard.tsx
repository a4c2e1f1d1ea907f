import { closeAuditExport, startAuditExport } from '../../actions/app/auditExport.ts';
import { setAuditFormat, setAuditRange, useAuditExport, type AuditRange, type AuditRun } from '../../stores/auditExport.ts';
import { useOverlay } from '../../stores/overlay.ts';
import type { AuditFormat } from '../../../shared/contracts/rpc/audit.ts';
import { Button } from '../../ui/Button.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import './AuditExportCard.css';

const ranges: readonly { readonly value: AuditRange; readonly label: string }[] = [
  { value: 'today', label: 'Today' },
  { value: 'week', label: '7 days' },
  { value: 'month', label: '30 days' },
  { value: 'all', label: 'Everything' },
];
const formats: readonly { readonly value: AuditFormat; readonly label: string }[] = [
  { value: 'jsonl', label: 'JSON Lines' },
  { value: 'csv', label: 'CSV' },
];
const formatNotes: Readonly<Record<AuditFormat, string>> = {
  jsonl: 'Each line follows from the one before: “maskdesk audit verify” shows whether the file was changed.',
  csv: 'For a spreadsheet.',
};

const Running = ({ run }: { readonly run: AuditRun }) => (
  <div className="audit-export-line">
    <Meter share={run.total === 0 ? null : run.done / run.total} label="Exported" />
    <span className="secondary figures">
      {run.done.toLocaleString()} of {run.total.toLocaleString()}
    </span>
    <Button onClick={run.cancel}>Cancel</Button>
  </div>
);

const Content = () => {
  const { range, format, run } = useAuditExport();
  return (
    <div className="audit-export">
      <div className="audit-export-field">
        <span>Time</span>
        <SegmentedControl label="Time" choices={ranges} value={range} onChange={setAuditRange} />
      </div>
      <div className="audit-export-field">
        <span>Format</span>
        <SegmentedControl label="Format" choices={formats} value={format} onChange={setAuditFormat} />
      </div>
      <p className="secondary">{formatNotes[format]}</p>
      {run?.state === 'running' ? (
        <Running run={run} />
      ) : (
        <div className="audit-export-line">
          <p className={run?.state === 'failed' ? 'audit-export-said audit-export-failed selectable' : 'audit-export-said selectable'} role="status" data-testid="audit-export-result">
            {run?.message}
          </p>
          <Button tone="accent" data-autofocus onClick={startAuditExport}>
            Choose a folder…
          </Button>
        </div>
      )}
    </div>
  );
};

/** Who did what and when, as a file. */
export const AuditExportCard = () => {
  const isOpen = useOverlay((state) => state.open === 'auditExport');
  return (
    <FloatingCard
      isOpen={isOpen}
      title="Export the audit trail"
      description="Every mask version, verdict, choice, publication, comment, taking over, import and change of settings, with who and when. Nobody can change what is in it."
      onClose={closeAuditExport}
    >
      {isOpen && <Content />}
    </FloatingCard>
  );
};
