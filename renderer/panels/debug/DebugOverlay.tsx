import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { editorOf } from '../../actions/desk/editors.ts';
import { ownMemory } from '../../actions/app/debugOverlay.ts';
import { useDebugOverlay } from '../../stores/debugOverlay.ts';
import { usePanes } from '../../stores/panes.ts';
import './DebugOverlay.css';
import { FrameMeter, type FrameFigures } from './frameMeter.ts';

const readEveryMs = 500;
const readMemoryEveryMs = 2000;

/** Chromium's own; absent elsewhere. */
const heapBytes = (): number | null => (performance as { readonly memory?: { readonly usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? null;
const ms = (value: number): string => (Number.isNaN(value) ? '–' : `${value.toFixed(1)} ms`);
const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** Of the whole process; null until it is known, or where it can't be. */
const usePrivateBytes = (): number | null => {
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => {
    let isWanted = true;
    const read = (): void =>
      void ownMemory().then(
        (now) => {
          if (isWanted) setBytes(now);
        },
        // A figure that can't be read is a dash, and no notice every two seconds.
        () => undefined,
      );
    read();
    const timer = setInterval(read, readMemoryEveryMs);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, []);
  return bytes;
};

const Figures = () => {
  const [figures, setFigures] = useState<FrameFigures | null>(null);
  const privateBytes = usePrivateBytes();
  const active = usePanes((state) => state.active);
  const { historyBytes, historyItems, historyItemsOnDisk } = useStore(editorOf(active).status);
  const { decodeMs, backend } = useStore(editorOf(active).prompts.status);
  useEffect(() => {
    const meter = new FrameMeter();
    const timer = setInterval(() => setFigures(meter.read()), readEveryMs);
    return () => {
      clearInterval(timer);
      meter.end();
    };
  }, []);
  if (figures === null) return null;
  const heap = heapBytes();
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['Frames a second', String(figures.framesPerSecond)],
    ['Event to paint, half', ms(figures.paintP50Ms)],
    ['Event to paint, 95 %', ms(figures.paintP95Ms)],
    ['Tasks over 50 ms', figures.longTasks === 0 ? 'none' : `${figures.longTasks}, longest ${Math.round(figures.longestTaskMs)} ms`],
    ['Memory of the page', privateBytes === null ? '–' : mb(privateBytes)],
    ['Heap', heap === null ? '–' : mb(heap)],
    ['Undo in memory', `${historyItems - historyItemsOnDisk} steps, ${mb(historyBytes)}`],
    ['Undo on disk', `${historyItemsOnDisk} steps`],
    ...(decodeMs === null ? [] : [['Last prompt', `${ms(decodeMs)}, ${backend ?? '?'}`] as const]),
  ];
  return (
    <dl className="debug-overlay" data-testid="debug-overlay" aria-label="Figures about this window">
      {rows.map(([name, value]) => (
        <div key={name} className="debug-overlay-row">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

/** How this window is doing, for those who look into slowness; takes no clicks. */
export const DebugOverlay = () => (useDebugOverlay((state) => state.isShown) ? <Figures /> : null);
