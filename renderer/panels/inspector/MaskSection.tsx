import type { Asset } from '../../../shared/domain/asset.ts';
import { useHistory } from '../../stores/history.ts';
import { percent } from '../shared/words.ts';
import { Facts } from './Facts.tsx';
import { InspectorSection } from './InspectorSection.tsx';

/** What is known of the mask on the desk, each as a name and a number. */
export const MaskSection = ({ asset }: { readonly asset: Asset }) => {
  const revisions = useHistory((state) => state.revisions);
  const head = revisions.find(({ revisionId }) => revisionId === asset.headRevisionId);
  const rows: (readonly [string, string])[] = [];
  if (asset.headAreaShare !== null) rows.push(['Area', percent(asset.headAreaShare)]);
  if (head?.model != null) {
    rows.push(['Model', head.model.modelId], ['Threshold', head.model.threshold.toFixed(2)]);
    if (head.model.confidence !== null) rows.push(['Certainty', head.model.confidence.toFixed(2)]);
  } else if (head !== undefined) rows.push(['Made by', head.author]);
  if (asset.widthPx !== null && asset.heightPx !== null) rows.push(['Photo', `${asset.widthPx} × ${asset.heightPx}`]);
  return (
    <InspectorSection id="mask" title="Mask">
      {rows.length === 0 ? (
        <p className="dim">None yet.</p>
      ) : (
        <Facts rows={rows} />
      )}
    </InspectorSection>
  );
};
