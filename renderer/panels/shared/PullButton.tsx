import { Download } from 'lucide-react';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import { inBackground } from '../../stores/notices.ts';
import { pullModel, useModels } from '../../stores/models.ts';
import { Button } from '../../ui/Button.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { megabytes } from './words.ts';
import './PullButton.css';

/** Fetches a model's weights: the button, then a bar with Cancel, then, if it failed, why, and the button again. */
export const PullButton = ({ model }: { readonly model: ModelStatus }) => {
  const pull = useModels((state) => state.pulls[model.modelId]);
  if (model.state === 'ready') return null;
  if (pull !== undefined && pull.error === null) {
    const { progress } = pull;
    const total = progress?.kind === 'progress' ? (progress.totalBytes ?? model.sizeBytes) : model.sizeBytes;
    const received = progress?.kind === 'progress' ? progress.receivedBytes : progress === null ? 0 : total;
    return (
      <div className="pull">
        <Meter share={progress?.kind === 'verifying' || progress === null ? null : received / total} label={`Downloading ${model.label}`} />
        <div className="pull-line">
          <span className="secondary">{progress?.kind === 'verifying' ? 'Checking the file…' : `${megabytes(received)} of ${megabytes(total)}`}</span>
          <Button tone="quiet" className="pull-cancel" onClick={pull.cancel}>
            Cancel
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="pull">
      {pull?.error != null && (
        <p className="pull-error secondary selectable" role="alert">
          {pull.error}
        </p>
      )}
      <Button tone="accent" className="pull-start" icon={<Download size={16} strokeWidth={1.6} aria-hidden="true" />} onClick={() => inBackground(pullModel(model.modelId))}>
        {pull?.error == null ? `Download, ${megabytes(model.sizeBytes)}` : 'Try again'}
      </Button>
    </div>
  );
};
