import { useModels } from '../../stores/models.ts';
import { StateDot } from '../../ui/StateDot.tsx';
import { PullButton } from '../shared/PullButton.tsx';
import { megabytes } from '../shared/words.ts';

/** Whether the model that makes masks is on this machine; if not, its size and the button that fetches it. */
export const ModelLine = () => {
  const model = useModels((state) => state.models.find(({ isDefault }) => isDefault));
  if (model === undefined) return null;
  if (model.state === 'ready') {
    return (
      <p className="welcome-model secondary">
        <StateDot tone="ok" label="Ready" /> {model.label} is on this machine: masks are made here, nothing is sent anywhere.
      </p>
    );
  }
  return (
    <div className="welcome-model welcome-model-missing">
      <p>
        Masks are made by {model.label}. It is fetched once, {megabytes(model.sizeBytes)}; pictures stay on this machine.
      </p>
      <PullButton model={model} />
    </div>
  );
};
