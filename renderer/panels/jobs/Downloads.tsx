import { useModels } from '../../stores/models.ts';
import { PullButton } from '../shared/PullButton.tsx';

/** Weights on their way, or what kept them from coming. */
export const Downloads = () => {
  const models = useModels((state) => state.models);
  const pulls = useModels((state) => state.pulls);
  return models
    .filter(({ modelId }) => pulls[modelId] !== undefined)
    .map((model) => (
      <div key={model.modelId} className="jobs-batch">
        <p className="jobs-name ellipsis" title={model.label}>
          Downloading {model.label}
        </p>
        <PullButton model={model} />
      </div>
    ));
};
