import { useModels } from '../../stores/models.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { PullButton } from '../shared/PullButton.tsx';
import { megabytes } from '../shared/words.ts';
import './ModelsCard.css';

const stateWords = { ready: 'Ready', missing: 'Not on this machine', corrupt: 'Damaged' } as const;

const taskWords = { foreground: 'Makes masks', prompt: 'Answers points and boxes', people: 'Finds people, for recipes', instances: 'Finds things by class, for recipes' } as const;

/** Every model that is known, whether its weights are here, and under which licence. */
export const ModelsCard = () => {
  const isOpen = useOverlay((state) => state.open === 'models');
  const models = useModels((state) => state.models);
  return (
    <FloatingCard isOpen={isOpen} title="Models" description="Weights are kept in your cache and checked before they are used." onClose={closeOverlay}>
      <ul className="models">
        {models.map((model) => (
          <li key={model.modelId}>
            <div className="models-head">
              <span className="models-name">{model.label}</span>
              {model.isDefault && <span className="badge badge-accent">Default</span>}
              <span className={model.state === 'ready' ? 'badge badge-ok' : 'badge'}>{stateWords[model.state]}</span>
            </div>
            <p className="secondary selectable">
              {taskWords[model.task]} · {megabytes(model.sizeBytes)} · {model.licence}
              {model.licenceNote !== null && ` · ${model.licenceNote}`}
            </p>
            <PullButton model={model} />
          </li>
        ))}
        {models.length === 0 && <li className="dim">No models are known.</li>}
      </ul>
    </FloatingCard>
  );
};
