import { ArrowLeftRight, CircleAlert, X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { decideLater } from '../../actions/offline/settleWaiting.ts';
import { compareActions, leaveComparison } from '../../actions/review/compareVersions.ts';
import { linkPreview } from '../../actions/review/previews.ts';
import { MaskPreview } from '../../canvas/MaskPreview.tsx';
import type { ViewOptions } from '../../canvas/viewOptions.ts';
import { present } from '../../../shared/errors/errors.ts';
import { sameAsset } from '../../../shared/domain/asset.ts';
import { comparisonViews, shownView, useCompare, type ComparisonView } from '../../stores/compare.ts';
import { useOffline } from '../../stores/offline.ts';
import { useHistory } from '../../stores/history.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { usePanes, type Side } from '../../stores/panes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { ConflictBar } from '../offline/ConflictBar.tsx';
import { useViewOptions } from '../desk/viewOptions.ts';
import { capsOf } from '../shared/platform.ts';
import { pairNames } from '../shared/versionWords.ts';
import { ImportWaitsBar } from './ImportWaitsBar.tsx';
import './CompareView.css';
import { Numbers } from './Numbers.tsx';

const [swap, flip] = [present(compareActions[0], 'swap'), present(compareActions[1], 'flip')];
const viewLabels: Readonly<Record<ComparisonView, string>> = { difference: 'Difference', a: 'Before', b: 'After' };

const conflictLabels: Readonly<Record<ComparisonView, string>> = { difference: 'Difference', a: 'In the store', b: 'Yours' };

const Stage = ({ side }: { readonly side: Side }) => {
  const photo = usePanes((state) => state[side].photo);
  const masks = useCompare((state) => state.masks);
  const error = useCompare((state) => state.error);
  const view = useCompare(shownView);
  const deskOptions = useViewOptions();
  const options = useMemo((): ViewOptions => ({ ...deskOptions, isMaskHidden: false, view: view === 'difference' ? 'difference' : 'overlay' }), [deskOptions, view]);
  if (error !== null) {
    return (
      <EmptyState icon={<CircleAlert />} title="These two can’t be compared">
        {error}
      </EmptyState>
    );
  }
  if (masks === null) return <div className="pane-loading" role="progressbar" aria-label="Comparing" />;
  return (
    <MaskPreview
      photo={photo}
      mask={view === 'a' ? masks.a : masks.b}
      base={masks.a}
      options={options}
      label={view === 'difference' ? 'What was added and what was removed' : viewLabels[view]}
      onEditor={linkPreview}
    />
  );
};

/** Over the pane while two versions are chosen in the inspector. */
export const CompareView = ({ side }: { readonly side: Side }) => {
  const isOpen = useOverlay((state) => state.open === 'compare');
  const asset = useCompare((state) => state.asset);
  const pair = useCompare((state) => state.pair);
  const numbers = useCompare((state) => state.numbers);
  const view = useCompare((state) => state.view);
  const revisions = useHistory((state) => state.revisions);
  const conflict = useOffline((state) => state.shown);
  const shown = usePanes((state) => state[side].asset);
  const isActive = usePanes((state) => state.active === side);
  const isHere = isOpen && isActive && pair !== null && asset !== null && shown !== null && sameAsset(asset, shown);
  const isElsewhere = isOpen && isActive && !isHere;
  const isLeft = !isOpen && pair !== null;
  useEffect(() => {
    if (!isElsewhere && !isLeft) return;
    leaveComparison();
    // Nothing was decided: it goes on waiting.
    if (useOffline.getState().shown?.isSideBySide === true) decideLater();
  }, [isElsewhere, isLeft]);
  if (!isHere) return null;
  const isConflict = conflict !== null && sameAsset(conflict.asset, asset);
  const [before, after] = isConflict ? ['In the store', 'Yours, not sent yet'] : pairNames(revisions, pair.a, pair.b);
  const labels = isConflict ? conflictLabels : viewLabels;
  return (
    <section className="compare" aria-label="Comparison of two masks" data-testid="compare">
      <header className="compare-head">
        <div className="compare-names" title={`${before} → ${after}`}>
          <span className="ellipsis">{before}</span>
          <span className="dim">→</span>
          <strong className="ellipsis">{after}</strong>
        </div>
        <IconButton label={swap.label} caps={capsOf(swap)} onClick={swap.run}>
          <ArrowLeftRight />
        </IconButton>
        <IconButton label="Close the comparison" caps={['Esc']} onClick={leaveComparison}>
          <X />
        </IconButton>
      </header>
      <div className="compare-numbers">
        {numbers !== null && <Numbers numbers={numbers} />}
        <span className="compare-hint note">
          <Kbd caps={capsOf(flip)} /> held: the other one
        </span>
      </div>
      {!isConflict && <ImportWaitsBar />}
      <div className="compare-stage">
        <Stage side={side} />
        <div className="compare-switch">
          <SegmentedControl
            label="What is shown"
            choices={comparisonViews.map((value) => ({ value, label: labels[value] }))}
            value={view}
            onChange={(next) => useCompare.setState({ view: next })}
          />
        </div>
      </div>
      {isConflict && <ConflictBar />}
    </section>
  );
};
