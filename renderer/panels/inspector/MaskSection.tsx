import { useStore } from 'zustand';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import { useHistory } from '../../stores/history.ts';
import { sideOfKind } from '../../stores/panes.ts';
import { setViewMode, useView } from '../../stores/view.ts';
import { percent } from '../shared/words.ts';
import { Facts } from './Facts.tsx';
import { InspectorSection } from './InspectorSection.tsx';
import './MaskSection.css';
import { SmallButton } from './SmallButton.tsx';
import { useDraftShare, useIsEdited } from './useDraft.ts';

type Row = readonly [string, string];

const savedRows = (asset: Asset, model: ReturnType<typeof useHistory.getState>['revisions'][number] | undefined): readonly Row[] => [
  ...(asset.headAreaShare === null ? [] : [['Area', percent(asset.headAreaShare)] as const]),
  ...(model === undefined
    ? []
    : model.model === null
      ? [['Made by', model.author] as const]
      : ([
          ['Model', model.model.modelId],
          ['Threshold', model.model.threshold.toFixed(2)],
          ...(model.model.confidence === null ? [] : [['Certainty', model.model.confidence.toFixed(2)] as const]),
        ] as const)),
];

/** Nothing of it is seen in the overlay: its own view is a click away. */
const SoftEdge = () => {
  const isShown = useView((state) => state.mode === 'matte');
  return (
    <div className="mask-matte" data-testid="soft-edge">
      <span className="dim">Soft edge</span>
      <SmallButton onClick={() => setViewMode(isShown ? 'overlay' : 'matte')}>{isShown ? 'Back to the overlay' : 'Show it'}</SmallButton>
    </div>
  );
};

/** What is known of the mask on the desk, each as a name and a number. What is edited has its own; those of the saved version stand under that name. */
export const MaskSection = ({ asset }: { readonly asset: Asset }) => {
  const revisions = useHistory((state) => state.revisions);
  const isEdited = useIsEdited(asset);
  const draftShare = useDraftShare(asset);
  const hasMatte = useStore(editorOf(sideOfKind[asset.kind]).status, (editor) => editor.hasMatte && editor.assetKey === assetKey(asset));
  const saved = savedRows(asset, revisions.find(({ revisionId }) => revisionId === asset.headRevisionId));
  const photo: readonly Row[] = asset.widthPx === null || asset.heightPx === null ? [] : [['Photo', `${asset.widthPx} × ${asset.heightPx}`]];
  const rows: readonly Row[] = isEdited ? [['Area', draftShare === null ? '…' : percent(draftShare)], ...photo] : [...saved, ...photo];
  return (
    <InspectorSection id="mask" title="Mask">
      {rows.length === 0 && <p className="dim">None yet.</p>}
      {rows.length > 0 && <Facts rows={rows} />}
      {hasMatte && <SoftEdge />}
      {isEdited && saved.length > 0 && (
        <>
          <h4 className="mask-saved">Of the saved version</h4>
          <Facts rows={saved} />
        </>
      )}
    </InspectorSection>
  );
};
