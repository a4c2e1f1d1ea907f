import { useEffect, useRef } from 'react';
import { CircleAlert, CircleCheck, CirclePause, FolderOpen, LoaderCircle, TriangleAlert } from 'lucide-react';
import { anotherExport, closeExport } from '../../actions/exports/exportSet.ts';
import { resumeExport, showExport, startExport } from '../../actions/exports/runExport.ts';
import { isOfRun, isUnderWay, useExportRun, type ExportResult, type ExportRun } from '../../stores/exportRun.ts';
import { Button } from '../../ui/Button.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { megabytes } from '../shared/words.ts';
import { ExportLosses } from './ExportLosses.tsx';
import { iouWord, masksWord, progressWords, runHeadline, runShare } from './exportWords.ts';

const iconOf = (run: ExportRun) => {
  if (run.state === 'failed') return <CircleAlert className="export-bad" aria-hidden="true" />;
  if (run.state === 'cancelled') return <CirclePause className="dim" aria-hidden="true" />;
  if (run.state === 'finished') return run.result?.lossy === 0 ? <CircleCheck className="export-ok" aria-hidden="true" /> : <TriangleAlert className="export-warn" aria-hidden="true" />;
  return <LoaderCircle className="dim" aria-hidden="true" />;
};

const Facts = ({ result }: { readonly result: ExportResult }) => {
  const { masks, files, bytes, verified, leastIou, lossy, location, report } = result;
  const facts: readonly (readonly [string, string])[] = [
    ['Where', location],
    ['Masks', masks.toLocaleString()],
    ['Files', `${files.toLocaleString()}, ${megabytes(bytes)}`],
    ['Verified', verified ? 'Read back and compared pixel by pixel' : 'No'],
    ...(verified && leastIou !== null ? [['Least IoU', lossy === 0 ? `${iouWord(leastIou)}: every mask came back as it was` : iouWord(leastIou)] as const] : []),
    ...(lossy === 0 ? [] : [['With losses', masksWord(lossy)] as const]),
    ...(report === null ? [] : [['Report', report] as const]),
  ];
  return (
    <dl className="export-result" data-testid="export-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="secondary">{name}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Resume = ({ run }: { readonly run: ExportRun }) => {
  const unfinished = useExportRun((state) => state.unfinished.find((one) => isOfRun(one, run)));
  if (unfinished === undefined || unfinished.isRunning) return null;
  return <Button onClick={() => resumeExport(unfinished)}>Resume</Button>;
};

/** What helps, by how it ended. */
const Buttons = ({ run }: { readonly run: ExportRun }) => {
  const main = useRef<HTMLButtonElement>(null);
  const isRunning = isUnderWay(run);
  useEffect(() => {
    // The button that had the focus is gone; who works on meanwhile keeps it.
    if (document.activeElement === document.body) main.current?.focus();
  }, [run.state]);
  if (isRunning) {
    return (
      <>
        <Button onClick={run.cancel}>Cancel</Button>
        <Button ref={main} tone="accent" onClick={closeExport}>
          Go on in the background
        </Button>
      </>
    );
  }
  return (
    <>
      {run.state === 'failed' && run.error?.code === 'target_exists' && <Button onClick={() => startExport(true)}>Replace it</Button>}
      {(run.state === 'cancelled' || run.state === 'failed') && run.number !== null && <Resume run={run} />}
      {run.state === 'finished' && run.result?.location.startsWith('s3:') === false && (
        <Button icon={<FolderOpen className="icon-small" aria-hidden="true" />} onClick={showExport}>
          Show in folder
        </Button>
      )}
      <Button onClick={anotherExport}>{run.state === 'finished' ? 'Another export' : 'Back'}</Button>
      <Button ref={main} tone="accent" onClick={closeExport}>
        Done
      </Button>
    </>
  );
};

/** How far the export is, then what came of it. */
export const ExportRunView = ({ run }: { readonly run: ExportRun }) => (
  <div className="export-run" data-testid="export-run" data-state={run.state}>
    <div className="export-run-scroll" tabIndex={-1}>
      <div className="export-run-head">
        {iconOf(run)}
        <p className="export-run-title selectable" role="status">
          {runHeadline(run)}
        </p>
      </div>
      {isUnderWay(run) && (
        <div className="export-run-progress">
          <Meter share={runShare(run)} label={progressWords(run)} />
          <p className="secondary figures" data-testid="export-progress">
            {progressWords(run)}
          </p>
        </div>
      )}
      {run.state === 'failed' && (
        <p className="export-bad selectable" role="alert">
          {run.error?.message}
        </p>
      )}
      {run.state === 'cancelled' && <p className="dim">{run.number === null ? 'Nothing was written.' : 'What was written is kept beside the target until it is resumed or discarded; it does not look like an export.'}</p>}
      {run.result !== null && <Facts result={run.result} />}
      {run.losses.length > 0 && <ExportLosses losses={run.losses} total={run.result?.lossy ?? run.losses.length} />}
    </div>
    <div className="export-foot">
      <p className="secondary export-foot-words">{isUnderWay(run) ? 'It goes on when this is closed; Jobs has it too.' : ''}</p>
      <Buttons run={run} />
    </div>
  </div>
);
