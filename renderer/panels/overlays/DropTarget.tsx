import { FileJson, Film, Package } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { listenToDrops } from '../../actions/app/dropFiles.ts';
import { useDropping, type DropHalf } from '../../stores/dropping.ts';
import { useOverlay } from '../../stores/overlay.ts';
import './DropTarget.css';

interface HalfProps {
  readonly half: DropHalf;
  readonly title: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

const Half = ({ half, title, icon, children }: HalfProps) => {
  const isOver = useDropping((state) => state.half === half);
  return (
    <div className={isOver ? 'drop-half drop-half-over' : 'drop-half'} data-testid={`drop-${half}`}>
      <span aria-hidden="true">{icon}</span>
      <p className="drop-title">{title}</p>
      <p className="dim">{children}</p>
    </div>
  );
};

/** While files are dragged over the window, all of it takes them: products at the left, keyframes at the right, as on the desk. */
export const DropTarget = () => {
  const isDragging = useDropping((state) => state.half !== null);
  useEffect(listenToDrops, []);
  const isForMasks = useOverlay((state) => state.open === 'importMasks');
  if (!isDragging) return null;
  if (isForMasks) {
    return (
      <div className="drop-target drop-target-whole" role="status" aria-label="Drop to import">
        <div className="drop-half drop-half-over" data-testid="drop-masks">
          <span aria-hidden="true">
            <FileJson />
          </span>
          <p className="drop-title">Look at masks</p>
          <p className="dim">A folder, a zip or a file of annotations. Nothing is imported before you have seen what it comes to.</p>
        </div>
      </div>
    );
  }
  return (
    <div className="drop-target" role="status" aria-label="Drop to import">
      <Half half="products" title="Import as product photos" icon={<Package />}>
        A folder a product; single pictures are products of their own.
      </Half>
      <Half half="keyframes" title="Import as keyframes" icon={<Film />}>
        A folder a video, the time in each name: frame_12.5s.jpg
      </Half>
    </div>
  );
};
