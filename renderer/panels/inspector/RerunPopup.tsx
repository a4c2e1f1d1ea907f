import { useEffect } from 'react';
import { rerun, rerunNow } from '../../actions/review/rerun.ts';
import { loadModels, useModels } from '../../stores/models.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { chosenModel, useRerunChoice } from '../../stores/rerunChoice.ts';
import { Button } from '../../ui/Button.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { SliderField } from '../../ui/SliderField.tsx';
import { PullButton } from '../shared/PullButton.tsx';
import { capsOf } from '../shared/platform.ts';

const RerunForm = () => {
  const models = useModels((state) => state.models);
  const modelId = useRerunChoice((state) => state.modelId);
  const threshold = useRerunChoice((state) => state.threshold);
  useEffect(() => inBackground(loadModels()), []);
  const model = chosenModel(models, { modelId });
  if (model === null) return <p className="secondary">No models are known.</p>;
  return (
    <div className="rerun-form">
      <div role="radiogroup" aria-label="Model">
        {models.map((other) => (
          <label key={other.modelId} className="rerun-model">
            <input
              type="radio"
              name="rerun-model"
              checked={other.modelId === model.modelId}
              // One stop for Tab, as a group of radio buttons is; arrows choose.
              tabIndex={other.modelId === model.modelId ? 0 : -1}
              onChange={() => useRerunChoice.setState({ modelId: other.modelId })}
            />
            <span className="ellipsis" title={other.label}>
              {other.label}
            </span>
            {other.state !== 'ready' && <span className="note">{other.state === 'missing' ? 'not here yet' : 'damaged'}</span>}
          </label>
        ))}
      </div>
      <SliderField label="Threshold" shown={threshold.toFixed(2)} value={threshold} min={0.05} max={0.95} step={0.05} onChange={(next) => useRerunChoice.setState({ threshold: next })} />
      {model.state === 'ready' ? (
        <Button tone="accent" data-testid="rerun-run" caps={capsOf(rerunNow)} onClick={rerunNow.run}>
          Run {model.label}
        </Button>
      ) : (
        <>
          <p className="secondary" data-testid="weights-missing">
            {model.state === 'missing' ? `The weights of ${model.label} are not on this machine.` : `The weights of ${model.label} are damaged.`} Licence: {model.licence}.
          </p>
          <PullButton model={model} />
        </>
      )}
    </div>
  );
};

/** The button and, once asked for, which model with which threshold. */
export const RerunPopup = ({ isDisabled }: { readonly isDisabled: boolean }) => {
  const isOpen = useOverlay((state) => state.open === 'rerun');
  return (
    <Popup
      isOpen={isOpen}
      label="Re-run a model"
      onClose={closeOverlay}
      anchor={
        <Button caps={capsOf(rerun)} disabled={isDisabled} aria-expanded={isOpen} data-popup-anchor data-testid="rerun" onClick={rerun.run}>
          Re-run…
        </Button>
      }
    >
      <RerunForm />
    </Popup>
  );
};
