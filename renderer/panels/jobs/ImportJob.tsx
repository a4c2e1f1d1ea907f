import type { ImportRun } from '../../stores/importing.ts';
import { importHeadline } from '../shared/importWords.ts';
import { WorkJob } from './WorkJob.tsx';

const progressWords = ({ done, total, problems }: ImportRun): string =>
  total === 0 ? 'Looking through the folder…' : `${done.toLocaleString()} of ${total.toLocaleString()}${problems.length > 0 ? ` · ${problems.length.toLocaleString()} could not be read` : ''}`;

/** The import of photos of now, or the last one until it is put away. */
export const ImportJob = ({ run }: { readonly run: ImportRun }) => (
  <WorkJob
    testId="import-job"
    card="import"
    running={run.state === 'running' ? { title: `Importing ${run.folderName}`, share: run.total === 0 ? null : run.done / run.total, progress: progressWords(run), cancel: run.cancel } : null}
    ending={`Import of ${run.folderName}: ${importHeadline(run)}`}
  />
);
