import type { ImportRun } from '../../stores/importing.ts';
import { openOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { importHeadline } from '../shared/importWords.ts';

/** The import of now, or the last one until it is put away. */
export const ImportJob = ({ run }: { readonly run: ImportRun }) => {
  const isRunning = run.state === 'running';
  const details = (
    <Button tone="quiet" className="jobs-small" onClick={() => openOverlay('import')}>
      Details…
    </Button>
  );
  if (!isRunning) {
    return (
      <div className="jobs-overall">
        <p className="jobs-overall-words selectable">
          Import of {run.folderName}: {importHeadline(run)}
        </p>
        {details}
      </div>
    );
  }
  return (
    <div className="jobs-batch" data-testid="import-job">
      <p className="jobs-name ellipsis" title={run.folderName}>
        Importing {run.folderName}
      </p>
      <ProgressBar
        share={run.total === 0 ? null : run.done / run.total}
        label={`Importing ${run.folderName}`}
        shown={run.total === 0 ? 'Looking through the folder…' : `${run.done.toLocaleString()} of ${run.total.toLocaleString()}${run.problems.length > 0 ? ` · ${run.problems.length.toLocaleString()} could not be read` : ''}`}
        buttons={
          <>
            {details}
            <Button tone="quiet" className="jobs-small" onClick={run.cancel}>
              Cancel
            </Button>
          </>
        }
      />
    </div>
  );
};
