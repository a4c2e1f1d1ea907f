import { CircleAlert } from 'lucide-react';
import { retryRun, takeCell } from '../../actions/review/chooseMask.ts';
import { linkPreview } from '../../actions/review/previews.ts';
import { MaskPreview } from '../../canvas/MaskPreview.tsx';
import { unknownFacts, useCandidates, type CandidateFacts, type Cell } from '../../stores/candidates.ts';
import { useModels } from '../../stores/models.ts';
import type { Photo } from '../../stores/photo.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { useViewOptions } from '../desk/viewOptions.ts';
import { shareWord } from '../shared/versionWords.ts';
import { percent } from '../shared/words.ts';

interface MaskCellProps {
  readonly cell: Cell;
  readonly index: number;
  readonly photo: Photo | null;
  readonly isMarked: boolean;
}

const factsLine = ({ revision, isBase }: Cell, { iou }: CandidateFacts): string => {
  if (revision === null) return '';
  const facts = [percent(revision.areaPx / (revision.widthPx * revision.heightPx))];
  if (!isBase && iou !== null) facts.push(iou === 1 ? 'same as the current' : `IoU ${shareWord(iou)} to the current`);
  return facts.join(' · ');
};

const Checks = ({ facts }: { readonly facts: CandidateFacts }) => {
  if (facts.error !== null) return null;
  if (facts.checks === null) return <span className="note">Checking…</span>;
  const found = facts.checks.results.filter(({ level }) => level !== 'fine');
  if (found.length === 0) return <span className="choose-fine">checks fine</span>;
  return (
    <span className="choose-found" title={found.map(({ sentence }) => sentence).join('\n')}>
      {found.length} to look at
    </span>
  );
};

const Picture = ({ cell, facts, photo }: { readonly cell: Cell; readonly facts: CandidateFacts; readonly photo: Photo | null }) => {
  const options = useViewOptions();
  const { run, revision } = cell;
  if (run?.state === 'failed') {
    return (
      <EmptyState icon={<CircleAlert />} title="No mask" action={<Button onClick={() => retryRun(run)}>Retry</Button>}>
        {run.reason}
      </EmptyState>
    );
  }
  if (facts.error !== null) {
    return (
      <EmptyState icon={<CircleAlert />} title="This mask can’t be read">
        {facts.error}
      </EmptyState>
    );
  }
  if (run?.state === 'running') {
    return (
      <div className="choose-wait">
        <span className="secondary">{run.modelId} is working…</span>
        <Meter share={null} label={`${run.modelId} is working`} />
      </div>
    );
  }
  if (revision === null) return <p className="choose-wait dim">No mask yet.</p>;
  if (facts.tiles === null) return <div className="pane-loading" role="progressbar" aria-label="Loading the mask" />;
  return <MaskPreview photo={photo} mask={facts.tiles} options={options} label={`Mask by ${revision.author}`} onEditor={linkPreview} />;
};

/** One of the masks to choose from: its picture, and what is known of it. */
export const MaskCell = ({ cell, index, photo, isMarked }: MaskCellProps) => {
  const { revision, run, isBase } = cell;
  const facts = useCandidates((state) => (revision === null ? unknownFacts : (state.facts[revision.revisionId] ?? unknownFacts)));
  const labels = useModels((state) => state.models);
  const modelId = revision?.model?.modelId ?? run?.modelId ?? null;
  const name = labels.find((model) => model.modelId === modelId)?.label ?? revision?.author ?? modelId ?? 'Nothing';
  const threshold = revision?.model?.threshold ?? run?.threshold ?? null;
  return (
    <article className={isMarked ? 'choose-cell choose-cell-marked' : 'choose-cell'} aria-label={`Mask ${index + 1}: ${name}`} aria-current={isMarked || undefined} data-testid="choose-cell">
      <header className="choose-cell-head">
        <Kbd caps={[String(index + 1)]} />
        <span className="ellipsis" title={name}>
          {name}
        </span>
        {isBase && <span className="choose-badge note">current</span>}
        {threshold !== null && <span className="choose-threshold secondary">threshold {shareWord(threshold)}</span>}
      </header>
      <div className="choose-picture">
        <Picture cell={cell} facts={facts} photo={photo} />
      </div>
      <footer className="choose-cell-foot">
        <span className="choose-facts">
          <span className="ellipsis">{factsLine(cell, facts)}</span>
          {revision !== null && <Checks facts={facts} />}
        </span>
        <Button tone={isMarked ? 'accent' : 'neutral'} disabled={revision === null && !isBase} onClick={() => takeCell(index)}>
          {isBase ? 'Keep' : 'Take'}
        </Button>
      </footer>
    </article>
  );
};
