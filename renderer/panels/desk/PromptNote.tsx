import { CircleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { editorOf, toolSettings } from '../../actions/desk/editors.ts';
import { models as modelsAction } from '../../actions/app/models.ts';
import type { PromptStatus } from '../../stores/prompts.ts';
import { useModels } from '../../stores/models.ts';
import { usePanes, type Side } from '../../stores/panes.ts';
import { useSettings } from '../../stores/settings.ts';
import { toolIdsThatPrompt } from '../../stores/toolSettings.ts';
import { Button } from '../../ui/Button.tsx';
import { PullButton } from '../shared/PullButton.tsx';
import { PromptAnswerNote } from './PromptAnswerNote.tsx';
import './PromptNote.css';
import { PromptSpinner } from './PromptSpinner.tsx';
import { useSeconds } from './useSeconds.ts';

const Preparing = ({ side, status }: { readonly side: Side; readonly status: PromptStatus }) => {
  const seconds = useSeconds(status.sinceMs);
  const { waiting } = status;
  return (
    <div className="prompt-note" data-testid={`prompt-note-${side}`} data-phase="preparing" title={status.doing ?? undefined}>
      <div className="prompt-note-row">
        <PromptSpinner label={status.doing ?? 'Reading the picture'} />
        <span>
          Reading the picture… <span className="prompt-note-number">{seconds} s</span>
        </span>
        {waiting > 0 && <span className="dim prompt-note-aside">{waiting === 1 ? 'your click waits' : `${waiting} clicks wait`}</span>}
        <Button tone="quiet" caps={['Esc']} onClick={() => editorOf(side).prompts.end()}>
          Cancel
        </Button>
      </div>
    </div>
  );
};

const Missing = ({ side, status }: { readonly side: Side; readonly status: PromptStatus }) => {
  const standard = useSettings((state) => state.settings?.promptModelId);
  const model = useModels((state) => state.models.find(({ modelId }) => modelId === (status.modelId ?? standard)));
  return (
    <div className="prompt-card" role="alert" data-testid={`prompt-note-${side}`} data-phase="missing">
      <strong>Prompts need {model?.label ?? 'a model'}</strong>
      <p className="dim">Its files are not on this machine yet.{status.waiting > 0 ? ' Your click is answered as soon as they are.' : ''}</p>
      {model === undefined ? <p className="selectable">{status.problem}</p> : <PullButton model={model} />}
      <Button tone="quiet" onClick={() => modelsAction.run()}>
        Other models…
      </Button>
    </div>
  );
};

const Failed = ({ side, status }: { readonly side: Side; readonly status: PromptStatus }) => (
  <div className="prompt-card" role="alert" data-testid={`prompt-note-${side}`} data-phase="failed">
    <strong className="prompt-card-title">
      <CircleAlert aria-hidden="true" />
      This picture can’t be prompted
    </strong>
    <p className="dim selectable">{status.problem}</p>
    <Button onClick={() => editorOf(side).prompts.prepare()}>Try again</Button>
  </div>
);

/** The first click on a picture that is read: nothing is shown before it takes long enough to be asked about. */
const Answering = ({ side }: { readonly side: Side }) => (
  <div className="prompt-note prompt-note-late" data-testid={`prompt-note-${side}`} data-phase="answering">
    <div className="prompt-note-row">
      <PromptSpinner label="The model answers" />
      <span>Answering…</span>
    </div>
  </div>
);

const NoteOf = ({ side }: { readonly side: Side }) => {
  const status = useStore(editorOf(side).prompts.status);
  const isPromptTool = useStore(toolSettings, ({ toolId }) => toolIdsThatPrompt.includes(toolId));
  const isReady = usePanes((state) => state[side].status === 'ready');
  if (!isReady || (!isPromptTool && status.waiting === 0)) return null;
  if (status.phase === 'preparing') return <Preparing side={side} status={status} />;
  if (status.phase === 'missing') return <Missing side={side} status={status} />;
  if (status.phase === 'failed') return <Failed side={side} status={status} />;
  if (status.isOpen && status.predictedIous.length > 0) return <PromptAnswerNote side={side} status={status} />;
  return status.phase === 'answering' ? <Answering side={side} /> : null;
};

/** What the prompts of a pane wait for, and which of the answers is shown; at the pane's foot, where no handle is likely to be. */
export const PromptNote = ({ side }: { readonly side: Side }) => (
  <div className="prompt-notes">
    <NoteOf side={side} />
  </div>
);
