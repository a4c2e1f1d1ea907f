import { useStore } from 'zustand';
import { editorOf } from '../../actions/desk/editors.ts';
import { editPrompts } from '../../actions/prompts/editPrompts.ts';
import { keptPromptsOf } from '../../actions/prompts/promptRecords.ts';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import { useHistory } from '../../stores/history.ts';
import { useKeptPrompts } from '../../stores/keptPrompts.ts';
import { useModels } from '../../stores/models.ts';
import { usePanes } from '../../stores/panes.ts';
import { Button } from '../../ui/Button.tsx';
import { capsOf } from '../shared/platform.ts';
import { shareWord } from '../shared/versionWords.ts';
import { isUnsure, whatWasPrompted } from '../shared/promptWords.ts';
import { Facts } from './Facts.tsx';
import { InspectorSection } from './InspectorSection.tsx';
import './PromptSection.css';

/** What the mask on the desk was prompted with, to be gone on with. Nothing where nobody prompted. */
export const PromptSection = ({ asset }: { readonly asset: Asset }) => {
  const active = usePanes((state) => state.active);
  const { prompts } = editorOf(active);
  // What is shown is made of these: each may have changed.
  const isOpen = useStore(prompts.status, (state) => state.isOpen);
  useStore(prompts.status, (state) => state.predictedIous);
  useStore(editorOf(active).status, (state) => state.historyItems);
  useHistory((state) => state.revisions);
  useKeptPrompts((state) => state.byAsset[assetKey(asset)]);
  const models = useModels((state) => state.models);
  const { entry } = prompts;
  const kept = entry === null ? keptPromptsOf(active) : null;
  const facts =
    entry !== null && entry.answer !== null
      ? { ...entry.state, modelId: entry.answer.modelId, predictedIou: entry.answer.predictedIous[entry.answer.chosen] ?? 0 }
      : kept;
  if (facts === null) return null;
  const rows: (readonly [string, string])[] = [
    ['Given', whatWasPrompted(facts.points.length, facts.box !== null)],
    ['Model', models.find(({ modelId }) => modelId === facts.modelId)?.label ?? facts.modelId],
    ['Predicted IoU', isUnsure(facts.predictedIou) ? `${shareWord(facts.predictedIou)}, unsure` : shareWord(facts.predictedIou)],
  ];
  return (
    <InspectorSection id="prompts" title="Prompts">
      <div className="prompt-section">
        <Facts rows={rows} />
        {!isOpen && (
          <Button tone="neutral" caps={capsOf(editPrompts)} onClick={() => editPrompts.run()}>
            Edit prompts
          </Button>
        )}
      </div>
    </InspectorSection>
  );
};
