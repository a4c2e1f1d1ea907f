import { Trash2 } from 'lucide-react';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import { removeModel, verifyModel } from '../../actions/app/modelFiles.ts';
import { foregroundModels, promptModels, useModels } from '../../stores/models.ts';
import { inBackground } from '../../stores/notices.ts';
import { changeSettings, useSettings } from '../../stores/settings.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { SliderField } from '../../ui/SliderField.tsx';
import { PullButton } from '../shared/PullButton.tsx';
import { megabytes } from '../shared/words.ts';
import { SettingRow } from './SettingRow.tsx';

const stateWords = { ready: 'Ready', missing: 'Not on this machine', corrupt: 'Damaged' } as const;
const stateTones = { ready: 'ok', missing: 'quiet', corrupt: 'bad' } as const;

const Model = ({ model }: { readonly model: ModelStatus }) => (
  <li className="settings-model">
    <div className="settings-line">
      <span className="settings-grow ellipsis setting-label" title={model.label}>
        {model.label}
      </span>
      {model.isDefault && <Badge tone="accent">Default</Badge>}
      <Badge tone={stateTones[model.state]}>{stateWords[model.state]}</Badge>
      {model.state !== 'missing' && (
        <>
          <Button onClick={() => inBackground(verifyModel(model), 'models')}>Verify</Button>
          <IconButton label={`Remove the weights of ${model.label}`} tipSide="left" onClick={() => inBackground(removeModel(model), 'models')}>
            <Trash2 />
          </IconButton>
        </>
      )}
    </div>
    <p className="secondary selectable">
      {megabytes(model.sizeBytes)} · {model.licence}
    </p>
    <PullButton model={model} />
  </li>
);

const Group = ({ title, models }: { readonly title: string; readonly models: readonly ModelStatus[] }) =>
  models.length > 0 && (
    <>
      <h3 className="keys-group">{title}</h3>
      <ul aria-label={title}>
        {models.map((model) => (
          <Model key={model.modelId} model={model} />
        ))}
      </ul>
    </>
  );

export const ModelsPage = () => {
  const models = useModels((state) => state.models);
  const settings = useSettings((state) => state.settings);
  return (
    <section className="settings-page" aria-label="Models">
      <h2 className="settings-title">Models</h2>
      {settings !== null && (
        <>
          <SettingRow label="Default model" hint="Makes the first masks of this store." onReset={() => inBackground(changeSettings({ modelId: null }), 'settings')} isStandard={false}>
            <Select
              label="Default model"
              options={foregroundModels(models).map((model) => ({ value: model.modelId, label: model.label, ...(model.state === 'ready' ? {} : { aside: 'not here yet' }) }))}
              value={settings.modelId}
              placeholder={settings.modelId}
              onChange={(modelId) => inBackground(changeSettings({ modelId }), 'settings')}
            />
          </SettingRow>
          <SettingRow label="Model for prompts" hint="Answers points and boxes in the editor." onReset={() => inBackground(changeSettings({ promptModelId: null }), 'settings')} isStandard={false}>
            <Select
              label="Model for prompts"
              options={promptModels(models).map((model) => ({ value: model.modelId, label: model.label, ...(model.state === 'ready' ? {} : { aside: 'not here yet' }) }))}
              value={settings.promptModelId}
              placeholder={settings.promptModelId}
              onChange={(promptModelId) => inBackground(changeSettings({ promptModelId }), 'settings')}
            />
          </SettingRow>
          <SettingRow label="Threshold" hint="From which certainty on a pixel counts as product." isStandard={settings.threshold === 0.5} onReset={() => inBackground(changeSettings({ threshold: null }), 'settings')}>
            <SliderField label="Threshold" isLabelUnseen shown={settings.threshold.toFixed(2)} value={settings.threshold} min={0.05} max={0.95} step={0.05} onChange={(next) => inBackground(changeSettings({ threshold: Math.round(next * 100) / 100 }), 'settings')} />
          </SettingRow>
        </>
      )}
      <Group title="Make masks by themselves" models={foregroundModels(models)} />
      <Group title="Answer points and boxes" models={promptModels(models)} />
      {models.length === 0 && <p className="settings-note">No models are known.</p>}
    </section>
  );
};
