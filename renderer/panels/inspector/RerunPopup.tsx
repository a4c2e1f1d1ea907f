import { useEffect, type KeyboardEvent } from 'react';
import { choose } from '../../actions/review/chooseMask.ts';
import { rerun, rerunNow } from '../../actions/review/rerun.ts';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import { useHistory } from '../../stores/history.ts';
import { foregroundModels, loadModels, useModels } from '../../stores/models.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { chosenModels, chosenThreshold, toggleModel, useRerunChoice } from '../../stores/rerunChoice.ts';
import { useSettings } from '../../stores/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { MenuList } from '../../ui/MenuList.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { SliderField } from '../../ui/SliderField.tsx';
import { PullButton } from '../shared/PullButton.tsx';
import { capsOf } from '../shared/platform.ts';
import './RerunPopup.css';

const MissingWeights = ({ model }: { readonly model: ModelStatus }) => (
  <>
    <p className="secondary" data-testid="weights-missing">
      {model.state === 'missing' ? `The weights of ${model.label} are not on this machine.` : `The weights of ${model.label} are damaged.`} Licence: {model.licence}.
    </p>
    <PullButton model={model} />
  </>
);

/** A checkbox has no use for Enter; the form has. */
const runFromBox = (event: KeyboardEvent): void => {
  if (event.key !== 'Enter' || !(event.target instanceof Element) || event.target.getAttribute('role') !== 'checkbox') return;
  event.preventDefault();
  if (rerunNow.when?.() === true) rerunNow.run();
};

const RerunForm = () => {
  const models = foregroundModels(useModels((state) => state.models));
  const modelIds = useRerunChoice((state) => state.modelIds);
  const settings = useSettings((state) => state.settings);
  const threshold = useRerunChoice((state) => chosenThreshold(state, settings));
  // Whether there is anything to choose from follows the history.
  useHistory((state) => state.revisions);
  useEffect(() => inBackground(loadModels()), []);
  const chosen = chosenModels(models, { modelIds });
  const ready = chosen.filter(({ state }) => state === 'ready');
  const missing = chosen.find(({ state }) => state !== 'ready');
  if (models.length === 0) return <p className="secondary">No models are known.</p>;
  return (
    <div className="rerun-form" onKeyDown={runFromBox}>
      <MenuList label="Models">
        {models.map((model) => (
          <Checkbox
            key={model.modelId}
            checked={chosen.includes(model)}
            label={model.label}
            aside={model.state === 'ready' ? undefined : <span className="rerun-aside note">{model.state === 'missing' ? 'not here yet' : 'damaged'}</span>}
            onChange={() => toggleModel(models, model.modelId)}
          />
        ))}
      </MenuList>
      <SliderField label="Threshold" shown={threshold.toFixed(2)} value={threshold} min={0.05} max={0.95} step={0.05} onChange={(next) => useRerunChoice.setState({ threshold: next })} />
      <p className="note">{threshold < 0.5 ? 'Lower keeps more of the picture.' : threshold > 0.5 ? 'Higher keeps only what the model is sure of.' : 'At 0.50 a pixel is kept when the model finds it likelier than not.'}</p>
      {missing !== undefined && <MissingWeights model={missing} />}
      {ready.length > 0 && (
        <Button tone="accent" data-testid="rerun-run" caps={capsOf(rerunNow)} onClick={rerunNow.run}>
          {ready.length === 1 ? `Run ${ready[0]?.label ?? ''}` : `Run ${ready.length} models, then choose`}
        </Button>
      )}
      {chosen.length === 0 && <p className="secondary">Choose at least one model.</p>}
      {choose.when?.() === true && (
        <Button tone="quiet" data-testid="rerun-choose" caps={capsOf(choose)} onClick={choose.run}>
          Choose a mask…
        </Button>
      )}
    </div>
  );
};

/** The button and, once asked for, which models with which threshold. */
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
