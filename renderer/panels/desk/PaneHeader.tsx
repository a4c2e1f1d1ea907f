import { useStore } from 'zustand';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import { useDrafts, type DraftMark } from '../../stores/drafts.ts';
import { otherSide, sideOfKind, usePanes, type Side } from '../../stores/panes.ts';
import { useSelection } from '../../stores/selection.ts';
import { LongName } from '../../ui/LongName.tsx';
import { ChangeNumbers } from './ChangeNumbers.tsx';
import { PairPicker } from './PairPicker.tsx';
import { pairScore } from './pairScore.ts';
import { placesOf, stateLabels, stateTones } from '../shared/words.ts';

const draftWords: Readonly<Record<DraftMark, string>> = { restored: 'Draft', unsaved: 'Edited', saving: 'Edited', saved: 'Draft', failed: 'Draft not saved' };

/** In the order in which they are worth their room: the last one drops out first. */
const detailsOf = (asset: Asset, siblings: readonly Asset[]): readonly string[] => {
  if (asset.kind === 'keyframe') return placesOf(asset);
  const place = siblings.findIndex(({ id }) => id === asset.id);
  return [...(siblings.length > 1 && place !== -1 ? [`image ${place + 1} of ${siblings.length}`] : []), ...(asset.title === null && asset.productId === null ? [] : [asset.id])];
};

/** Begun to be kept and kept in part are the same words: nothing is rendered between them. */
const DraftBadge = ({ side, asset }: { readonly side: Side; readonly asset: Asset }) => {
  const words = useDrafts((state) => {
    const mark = state.marks[assetKey(asset)];
    return mark === undefined ? null : draftWords[mark];
  });
  if (words === null) return null;
  return (
    <span className={words === draftWords.failed ? 'badge badge-bad' : 'badge badge-accent'} data-testid={`draft-${side}`}>
      {words}
    </span>
  );
};

/** Whose picture it is, what is decided of it, how large it is shown, and in the difference view how much it has changed. */
export const PaneHeader = ({ side, asset, siblings, base }: { readonly side: Side; readonly asset: Asset; readonly siblings: readonly Asset[]; readonly base: TileState | null }) => {
  const zoom = useStore(editorOf(side).status, (status) => status.zoom);
  const title = asset.kind === 'keyframe' ? asset.id : (asset.title ?? asset.productId ?? asset.id);
  const beside = usePanes((state) => state[otherSide(side)]);
  const isCounterpart = useSelection((state) => state.item !== null && sideOfKind[state.item.kind] !== side);
  const details = detailsOf(asset, siblings);
  return (
    <header className="pane-head">
      <div className="pane-names" title={[title, ...details].join(' · ')}>
        <h2 className="pane-title">
          {title === asset.id ? <LongName name={title} /> : <span className="pane-title-words ellipsis">{title}</span>}
        </h2>
        {details.map((detail) => (
          <span key={detail} className="pane-detail secondary">
            {detail}
          </span>
        ))}
      </div>
      {isCounterpart && <PairPicker asset={asset} score={pairScore(asset, beside)} />}
      {base !== null && <ChangeNumbers side={side} base={base} />}
      <DraftBadge side={side} asset={asset} />
      <span className={`badge badge-${stateTones[asset.state]}`} data-testid={`state-${side}`}>
        {stateLabels[asset.state]}
      </span>
      <span className="pane-zoom secondary figures" data-testid={`zoom-${side}`}>{Math.round(zoom * 100)} %</span>
    </header>
  );
};
