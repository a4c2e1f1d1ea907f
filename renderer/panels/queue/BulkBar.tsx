import { useState } from 'react';
import { X } from 'lucide-react';
import { approveChosen } from '../../actions/bulk/approveChosen.ts';
import { chooseNone } from '../../actions/bulk/chooseNone.ts';
import { judgeChosen } from '../../actions/bulk/judgeChosen.ts';
import { rejectChosen, rejectChosenFor, rejectChosenNote } from '../../actions/bulk/rejectChosen.ts';
import { rerunChosen, startRerun } from '../../actions/bulk/rerunChosen.ts';
import { useBulkRun, type BulkRun } from '../../stores/bulkRun.ts';
import { useBulkSelection } from '../../stores/bulkSelection.ts';
import { foregroundModels, useModels } from '../../stores/models.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { useQueue } from '../../stores/queue.ts';
import { chosenThreshold, useRerunChoice } from '../../stores/rerunChoice.ts';
import { useSettings } from '../../stores/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Select } from '../../ui/Select.tsx';
import { SliderField } from '../../ui/SliderField.tsx';
import { RejectForm } from '../shared/RejectForm.tsx';
import { capsOf } from '../shared/platform.ts';
import { duration } from '../shared/words.ts';
import './BulkBar.css';

/** Too early to tell how long it takes. */
const fewestDone = 20;

const Running = ({ run }: { readonly run: BulkRun }) => {
  const left = run.done < fewestDone ? null : (((Date.now() - run.startedAtMs) / run.done) * (run.total - run.done)) / 1000;
  const shown = `${run.done.toLocaleString()} of ${run.total.toLocaleString()}${left === null || left < 1 ? '' : ` · ${duration(left)} left`}`;
  return (
    <div className="bulk-bar" data-testid="bulk-run">
      <ProgressBar
        share={run.total === 0 ? null : run.done / run.total}
        label={run.label}
        shown={`${run.label} ${shown}`}
        buttons={
          <Button tone="quiet" onClick={run.cancel}>
            Cancel
          </Button>
        }
      />
    </div>
  );
};

const RerunForm = ({ count }: { readonly count: number }) => {
  const models = foregroundModels(useModels((state) => state.models)).filter(({ state }) => state === 'ready');
  const [chosen, setChosen] = useState(() => (models.find(({ isDefault }) => isDefault) ?? models[0])?.modelId ?? null);
  const settings = useSettings((state) => state.settings);
  const threshold = useRerunChoice((state) => chosenThreshold(state, settings));
  if (chosen === null) return <p className="secondary">No model’s weights are on this machine. The models’ page fetches them.</p>;
  return (
    <div className="bulk-rerun">
      <Select label="Model" options={models.map(({ modelId, label }) => ({ value: modelId, label }))} value={chosen} onChange={setChosen} />
      <SliderField label="Threshold" shown={threshold.toFixed(2)} value={threshold} min={0.05} max={0.95} step={0.05} onChange={(next) => useRerunChoice.setState({ threshold: next })} />
      <Button tone="accent" data-testid="bulk-rerun-run" onClick={() => startRerun(chosen, threshold)}>
        Re-run {count.toLocaleString()}
      </Button>
    </div>
  );
};

const Chosen = ({ count }: { readonly count: number }) => {
  const open = useOverlay((state) => state.open);
  const state = useQueue((queue) => queue.filter.state);
  const isReading = useBulkSelection((bulk) => bulk.isReading);
  return (
    <div className="bulk-bar" role="group" aria-label="Chosen items" data-testid="bulk-bar">
      <div className="bulk-bar-head">
        <span role="status">
          <strong>{count.toLocaleString()}</strong> chosen{isReading && '…'}
        </span>
        <IconButton label={chooseNone.label} caps={capsOf(chooseNone)} onClick={chooseNone.run}>
          <X />
        </IconButton>
      </div>
      {state === 'approved' ? (
        <Button disabled={isReading} data-testid="bulk-reopen" onClick={() => judgeChosen({ kind: 'reopen' })}>
          Reopen {count.toLocaleString()}
        </Button>
      ) : (
        <Button tone="ok" className="bulk-bar-approve" caps={capsOf(approveChosen)} disabled={isReading} data-testid="bulk-approve" onClick={approveChosen.run}>
          Approve {count.toLocaleString()}
        </Button>
      )}
      <div className="bulk-bar-others">
        <Popup
          isOpen={open === 'bulkReject'}
          label={`Why are these ${count.toLocaleString()} rejected?`}
          onClose={closeOverlay}
          anchor={
            <Button tone="bad" caps={capsOf(rejectChosen)} disabled={isReading} aria-expanded={open === 'bulkReject'} data-popup-anchor data-testid="bulk-reject" onClick={rejectChosen.run}>
              Reject…
            </Button>
          }
        >
          <RejectForm rejectFor={rejectChosenFor} note={rejectChosenNote} />
        </Popup>
        <Popup
          isOpen={open === 'bulkRerun'}
          label={`Re-run a model on ${count.toLocaleString()}`}
          onClose={closeOverlay}
          anchor={
            <Button caps={capsOf(rerunChosen)} disabled={isReading} aria-expanded={open === 'bulkRerun'} data-popup-anchor data-testid="bulk-rerun" onClick={rerunChosen.run}>
              Re-run…
            </Button>
          }
        >
          <RerunForm count={count} />
        </Popup>
        {(state === null || state === 'rejected') && (
          <Button disabled={isReading} data-testid="bulk-reopen" onClick={() => judgeChosen({ kind: 'reopen' })}>
            Reopen
          </Button>
        )}
      </div>
    </div>
  );
};

/** What can be done with everything that is chosen, and how far that is. */
export const BulkBar = () => {
  const count = useBulkSelection((state) => state.chosen.size);
  const run = useBulkRun((state) => state.run);
  if (run !== null) return <Running run={run} />;
  return count === 0 ? null : <Chosen count={count} />;
};
