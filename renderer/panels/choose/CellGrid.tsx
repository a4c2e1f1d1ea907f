import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { Photo } from '../../stores/photo.ts';
import { bestColumns } from './bestColumns.ts';

interface CellGridProps {
  readonly count: number;
  readonly photo: Photo | null;
  readonly children: ReactNode;
}

/** Cells in as many columns as show their pictures largest. */
export const CellGrid = ({ count, photo, children }: CellGridProps) => {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ widthPx: 800, heightPx: 600 });
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => setSize({ widthPx: current.clientWidth, heightPx: current.clientHeight }));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const aspect = photo === null ? 1 : photo.widthPx / photo.heightPx;
  const columns = bestColumns(count, aspect, size.widthPx, size.heightPx);
  return (
    <div className="choose-cells" ref={box} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {children}
    </div>
  );
};
