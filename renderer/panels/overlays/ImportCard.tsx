import { useEffect, useRef } from 'react';
import { closeImport, startImport } from '../../actions/app/importFolder.ts';
import { useImporting, type ImportRun } from '../../stores/importing.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { importHeadline } from '../shared/importWords.ts';
import './ImportCard.css';

const Choice = () => (
  <div className="import-choice">
    <div>
      <p className="import-kind">Product photos</p>
      <p className="secondary">One folder a product, or a mapping.csv beside them.</p>
      <Button tone="accent" data-autofocus data-testid="import-products" onClick={() => startImport('products')}>
        Choose a folder…
      </Button>
    </div>
    <div>
      <p className="import-kind">Keyframes</p>
      <p className="secondary">One folder a video, the time in each name.</p>
      <Button tone="accent" data-testid="import-keyframes" onClick={() => startImport('keyframes')}>
        Choose a folder…
      </Button>
    </div>
  </div>
);

const Run = ({ run }: { readonly run: ImportRun }) => {
  const done = useRef<HTMLButtonElement>(null);
  const isRunning = run.state === 'running';
  useEffect(() => {
    // The button that had the focus is gone; who works on meanwhile keeps it.
    if (!isRunning && document.activeElement === document.body) done.current?.focus();
  }, [isRunning]);
  return (
    <div className="import-run">
      <p data-testid="import-result" role="status" className="selectable">
        {importHeadline(run)}
      </p>
      {isRunning && (
        <>
          <Meter share={run.total === 0 ? null : run.done / run.total} label="Imported" />
          <div className="import-line">
            <span className="secondary">{run.total === 0 ? 'Looking through the folder…' : `${run.done.toLocaleString()} of ${run.total.toLocaleString()}`}</span>
            <Button onClick={run.cancel}>Cancel</Button>
          </div>
        </>
      )}
      {run.problems.length > 0 && (
        <ul className="import-problems" data-testid="import-problems">
          {run.problems.map(({ file, reason }) => (
            <li key={`${file} ${reason}`} className="selectable">
              <span className="import-file">{file}</span>
              <span className="secondary">{reason}</span>
            </li>
          ))}
        </ul>
      )}
      {!isRunning && (
        <div className="import-line">
          <span />
          <Button ref={done} tone="accent" onClick={closeImport}>
            Done
          </Button>
        </div>
      )}
    </div>
  );
};

export const ImportCard = () => {
  const isOpen = useOverlay((state) => state.open === 'import');
  const run = useImporting((state) => state.run);
  return (
    <FloatingCard isOpen={isOpen} title="Import" description="Pictures are copied into the store; the folder stays as it is." onClose={closeImport}>
      {run === null ? <Choice /> : <Run run={run} />}
    </FloatingCard>
  );
};
