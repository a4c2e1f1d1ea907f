import { useStore } from 'zustand';
import { editorOf, toolSettings } from '../../../actions/desk/editors.ts';
import { continueFromMask, setPromptCleanCells, setPromptFromMask, setPromptJoin } from '../../../actions/prompts/joinPrompts.ts';
import { usualCleanCells } from '../../../../shared/prompts/cleanLogits.ts';
import { joins } from '../../../../shared/prompts/prompt.ts';
import { useModels } from '../../../stores/models.ts';
import { inBackground } from '../../../stores/notices.ts';
import { usePanes } from '../../../stores/panes.ts';
import { changeSettings, useSettings } from '../../../stores/settings.ts';
import { withOptions } from '../../../stores/toolSettings.ts';
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { capsOf } from '../../shared/platform.ts';
import { Candidates } from './Candidates.tsx';
import { JoinChoice } from './JoinChoice.tsx';
import './PromptControls.css';

const ModelChoice = () => {
  const models = useModels((state) => state.models);
  const chosen = useSettings((state) => state.settings?.promptModelId ?? null);
  const options = models
    .filter(({ task }) => task === 'prompt')
    .map(({ modelId, label, state }) => ({ value: modelId, label, aside: state === 'ready' ? undefined : 'not on this machine' }));
  return (
    <div className="prompt-model">
      <span aria-hidden="true">Model</span>
      <Select label="Model that answers prompts" options={options} value={chosen} testId="prompt-model" onChange={(modelId) => inBackground(changeSettings({ promptModelId: modelId }), 'settings')} />
    </div>
  );
};

const cleanings = [
  { value: '0', label: 'Off' },
  { value: '4', label: '4' },
  { value: String(usualCleanCells), label: String(usualCleanCells) },
  { value: '64', label: '64' },
] as const;

/** What can be set of prompts: how the answer joins, what it begins from, which model gives it. What is set counts for the prompts in hand, and for the next. */
export const PromptControls = ({ hasHover }: { readonly hasHover: boolean }) => {
  const active = usePanes((state) => state.active);
  const options = useStore(toolSettings, (settings) => settings.options.point);
  const { status } = editorOf(active).prompts;
  const isOpen = useStore(status, (state) => state.isOpen);
  const join = useStore(status, (state) => state.join);
  const cleanCells = useStore(status, (state) => state.cleanCells) ?? options.cleanCells;
  const fromMask = useStore(status, (state) => state.fromMask);
  const wanted = joins.find((known) => known === options.join) ?? 'replace';
  return (
    <>
      <JoinChoice value={isOpen && join !== null ? join : wanted} onChange={setPromptJoin} />
      <Switch label="Continue from the mask" hint={<Kbd caps={capsOf(continueFromMask)} />} isOn={isOpen ? fromMask : options.fromMask} onChange={setPromptFromMask} />
      <div className="prompt-cleaning" title="Islands and holes of fewer cells than this of the model's own 256 × 256 grid are left out of its answer. What you click stays, however small.">
        <span aria-hidden="true">Clean specks</span>
        <SegmentedControl label="Clean specks" choices={cleanings} value={cleanings.find(({ value }) => value === String(cleanCells))?.value ?? ''} onChange={(cells) => setPromptCleanCells(Number(cells))} />
      </div>
      {hasHover && (
        <Switch
          label="Show what a click would give"
          isOn={options.showsHover}
          onChange={(showsHover) => toolSettings.setState((settings) => withOptions(settings, 'point', { showsHover }))}
        />
      )}
      <ModelChoice />
      <Candidates side={active} />
    </>
  );
};
