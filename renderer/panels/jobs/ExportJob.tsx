import { isUnderWay, type ExportRun } from '../../stores/exportRun.ts';
import { progressWords, runHeadline, runShare, runTitle } from '../exportSet/exportWords.ts';
import { WorkJob } from './WorkJob.tsx';

/** The export of now, or the last one until it is put away. */
export const ExportJob = ({ run }: { readonly run: ExportRun }) => (
  <WorkJob
    testId="export-job"
    card="exportSet"
    running={isUnderWay(run) ? { title: `Exporting ${runTitle(run)}`, share: runShare(run), progress: progressWords(run), cancel: run.cancel } : null}
    ending={`${runHeadline(run)}${run.error === null ? '.' : `: ${run.error.message}`}`}
  />
);
