import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import './PanelEdge.css';

interface PanelEdgeProps {
  readonly label: string;
  /** Which edge of its panel. */
  readonly edge: 'left' | 'right';
  readonly widthPx: number;
  readonly minPx: number;
  readonly maxPx: number;
  readonly style?: CSSProperties;
  readonly onChange: (widthPx: number) => void;
  /** Let go: what it is now may be kept. */
  readonly onDone: () => void;
  /** Double click: as at first. */
  readonly onReset: () => void;
}

const stepPx = 16;

/** The edge of a panel: dragged, or moved with the arrows; Home and End go to the limits. */
export const PanelEdge = ({ label, edge, widthPx, minPx, maxPx, style, onChange, onDone, onReset }: PanelEdgeProps) => {
  const start = useRef<{ readonly xPx: number; readonly widthPx: number } | null>(null);
  const sign = edge === 'right' ? 1 : -1;
  const move = (event: PointerEvent): void => {
    if (start.current !== null) onChange(start.current.widthPx + sign * (event.clientX - start.current.xPx));
  };
  const end = (): void => {
    if (start.current === null) return;
    start.current = null;
    onDone();
  };
  const press = (event: KeyboardEvent): void => {
    const widths: Readonly<Record<string, number>> = { ArrowRight: widthPx + sign * stepPx, ArrowLeft: widthPx - sign * stepPx, Home: minPx, End: maxPx };
    const next = widths[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onChange(next);
    onDone();
  };
  return (
    <div
      className={`panel-edge panel-edge-${edge}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={widthPx}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      tabIndex={0}
      style={style}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { xPx: event.clientX, widthPx };
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={onReset}
      onKeyDown={press}
    />
  );
};
