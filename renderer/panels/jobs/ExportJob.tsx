import { isUnderWay, type ExportRun } from '../../stores/exportRun.ts';
import { openOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { progressWords, runHeadline, runShare, runTitle } from '../exportSet/exportWords.ts';

/** The export of now, or the last one until it is put away. */
export const ExportJob = ({ run }: { readonly run: ExportRun }) => {
  const details = (
    <Button tone="quiet" className="jobs-small" onClick={() => openOverlay('exportSet')}>
      Details…
    </Button>
  );
  if (!isUnderWay(run)) {
    return (
      <div className="jobs-overall" data-testid="export-job">
        <p className="jobs-overall-words selectable">
          {runHeadline(run)}
          {run.error === null ? '.' : `: ${run.error.message}`}
        </p>
        {details}
      </div>
    );
  }
  return (
    <div className="jobs-batch" data-testid="export-job">
      <p className="jobs-name ellipsis" title={runTitle(run)}>
        Exporting {runTitle(run)}
      </p>
      <ProgressBar
        share={runShare(run)}
        label={`Exporting ${runTitle(run)}`}
        shown={progressWords(run)}
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
