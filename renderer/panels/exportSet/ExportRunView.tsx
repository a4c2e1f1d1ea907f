import { FolderOpen } from 'lucide-react';
import { emptySplitWords } from '../../../shared/domain/emptySplits.ts';
import { anotherExport, closeExport } from '../../actions/exports/exportSet.ts';
import { discardExport, resumeExport, showExport, startExport } from '../../actions/exports/runExport.ts';
import { isOfRun, isUnderWay, useExportRun, type ExportResult, type ExportRun } from '../../stores/exportRun.ts';
import { Button } from '../../ui/Button.tsx';
import { FactList, type Fact } from '../../ui/FactList.tsx';
import { RunView, type RunStanding } from '../shared/RunView.tsx';
import { masksWord, megabytes } from '../shared/words.ts';
import { ExportLosses } from './ExportLosses.tsx';
import { iouWord, progressWords, runHeadline, runShare } from './exportWords.ts';

const standingOf = (run: ExportRun): RunStanding => {
  if (isUnderWay(run)) return 'underWay';
  if (run.state === 'failed') return 'failed';
  if (run.state === 'cancelled') return 'stopped';
  return run.result?.lossy === 0 ? 'done' : 'doneWithLosses';
};

const factsOf = ({ masks, files, bytes, verified, leastIou, lossy, location, report }: ExportResult): readonly Fact[] => [
  ['Where', location],
  ['Masks', masks.toLocaleString()],
  ['Files', `${files.toLocaleString()}, ${megabytes(bytes)}`],
  ['Verified', verified ? 'Read back and compared pixel by pixel' : 'No'],
  ...(verified && leastIou !== null ? [['Least IoU', lossy === 0 ? `${iouWord(leastIou)}: every mask came back as it was` : iouWord(leastIou)] as const] : []),
  ...(lossy === 0 ? [] : [['With losses', masksWord(lossy)] as const]),
  ...(report === null ? [] : [['Report', report] as const]),
];

/** How a set was divided, as soon as that is known: it may be far from what was asked for. */
const Splits = ({ splits }: { readonly splits: ExportRun['splits'] }) => {
  const empty = emptySplitWords(splits);
  return (
    <>
      <FactList facts={[['Splits', splits.map(({ name, masks }) => `${name} ${masks.toLocaleString()}`).join(' · ')]]} testId="export-splits" />
      {empty !== null && <p className="tone-warn selectable">{empty}</p>}
    </>
  );
};

const Resume = ({ run }: { readonly run: ExportRun }) => {
  const unfinished = useExportRun((state) => state.unfinished.find((one) => isOfRun(one, run)));
  if (unfinished === undefined || unfinished.isRunning) return null;
  return (
    <>
      <Button tone="accent" onClick={() => resumeExport(unfinished)}>
        Resume
      </Button>
      <Button
        tone="quiet"
        onClick={() => {
          discardExport(unfinished);
          anotherExport();
        }}
      >
        Discard
      </Button>
    </>
  );
};

/** What helps, by how it ended. */
const Helps = ({ run }: { readonly run: ExportRun }) => (
  <>
    {run.state === 'failed' && run.error?.code === 'target_exists' && <Button onClick={() => startExport(true)}>Replace it</Button>}
    {(run.state === 'cancelled' || run.state === 'failed') && run.number !== null && <Resume run={run} />}
    {run.state === 'finished' && run.result?.location.startsWith('s3:') === false && (
      <Button icon={<FolderOpen className="icon-small" aria-hidden="true" />} onClick={showExport}>
        Show in folder
      </Button>
    )}
    <Button onClick={anotherExport}>{run.state === 'finished' ? 'Another export' : 'Back'}</Button>
  </>
);

const aftermathOf = ({ state, number }: ExportRun): string | null => {
  if (state !== 'cancelled') return null;
  return number === null ? 'Nothing was written.' : 'What was written is kept beside the target until it is resumed or discarded; it does not look like an export.';
};

/** How far the export is, then what came of it. */
export const ExportRunView = ({ run }: { readonly run: ExportRun }) => (
  <RunView
    testId="export-run"
    state={run.state}
    standing={standingOf(run)}
    headline={runHeadline(run)}
    share={runShare(run)}
    progress={progressWords(run)}
    error={run.error?.message ?? null}
    aftermath={aftermathOf(run)}
    onCancel={run.cancel}
    onClose={closeExport}
    buttons={<Helps run={run} />}
  >
    {run.splits.length > 0 && <Splits splits={run.splits} />}
    {run.result !== null && <FactList facts={factsOf(run.result)} testId="export-facts" />}
    {run.result !== null && run.advice.map((sentence) => <p key={sentence} className="secondary selectable">{sentence}</p>)}
    {run.losses.length > 0 && <ExportLosses losses={run.losses} total={run.result?.lossy ?? run.losses.length} />}
  </RunView>
);
