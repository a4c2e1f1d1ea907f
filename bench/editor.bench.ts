import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEditor } from '../renderer/editor/createEditor.ts';
import type { PointerInput } from '../renderer/editor/types.ts';
import { imageToViewX, imageToViewY } from '../renderer/editor/viewport.ts';

/**
 * The editing engine alone, without a window: time of a pointer event, history and undo over 500 strokes on a 24 MP mask. Bars: issue
 * "The desk", section 4. Run: `npm run bench editor`.
 */
const widthPx = 6000;
const heightPx = 4000;
const strokes = 500;
const eventsPerStroke = 60;

/** The same numbers at every run. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
const line = (what: string, measured: string, bar = ''): void => console.log(`  ${what.padEnd(46)}${measured.padStart(12)}  ${bar}`);
const ms = (value: number): string => `${value.toFixed(2)} ms`;
const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;
// Memory is what is left after collecting garbage; the flag can be set while running.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const usedBytes = (): number => {
  // Twice: buffers of the first round are released while the second runs.
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const input = (xViewPx: number, yViewPx: number): PointerInput => ({
  pointerId: 1,
  pointerType: 'mouse',
  button: 0,
  shift: false,
  alt: false,
  samples: [{ xViewPx, yViewPx, pressure: 0.5 }],
});

const run = (sizePx: number, hardness: number): void => {
  const editor = createEditor();
  editor.setViewSize({ widthViewPx: 1200, heightViewPx: 900, devicePixelRatio: 1 });
  editor.load({ blank: { widthPx, heightPx }, assetKey: 'bench', revisionId: null });
  editor.setBrushSize(sizePx);
  editor.setHardness(hardness);
  const random = randomFrom(7);
  const memoryBefore = usedBytes();
  const early: number[] = [];
  const all: number[] = [];
  const ends: number[] = [];
  const time = (act: () => void): number => {
    const start = performance.now();
    act();
    return performance.now() - start;
  };
  for (let stroke = 0; stroke < strokes; stroke++) {
    editor.setTool(stroke % 4 === 3 ? 'eraser' : 'brush');
    let x = random() * widthPx;
    let y = random() * heightPx;
    let angle = random() * Math.PI * 2;
    const send = (kind: 'pointerDown' | 'pointerMove' | 'pointerUp'): number => {
      const event = input(imageToViewX(editor.viewport, x), imageToViewY(editor.viewport, y));
      return time(() => editor[kind](event));
    };
    all.push(send('pointerDown'));
    for (let event = 0; event < eventsPerStroke; event++) {
      angle += (random() - 0.5) * 0.8;
      x += Math.cos(angle) * 40;
      y += Math.sin(angle) * 40;
      all.push(send('pointerMove'));
      if (stroke < 20) early.push(all.at(-1) ?? 0);
    }
    ends.push(send('pointerUp'));
  }
  all.push(...ends);
  const growth = usedBytes() - memoryBefore;
  const { historyBytes, historyItems } = editor.status.getState();
  const undos: number[] = [];
  for (let step = 0; step < 100; step++) undos.push(time(() => void editor.undo()));
  const firstRle = time(() => void editor.toRle());
  editor.redo();
  const nextRle = time(() => void editor.toRle());
  const rleBytes = editor.toRle();
  const load = time(() => void editor.load({ rle: rleBytes, assetKey: 'other', revisionId: null }));
  const back = time(() => void editor.load({ blank: { widthPx, heightPx }, assetKey: 'bench', revisionId: null }));

  console.log(`\nEditor, 24 MP, ${strokes} strokes of ${eventsPerStroke} events, brush ${sizePx} px, hardness ${hardness}`);
  line('pointer event p50', ms(percentile(all, 0.5)));
  line('pointer event p95', ms(percentile(all, 0.95)), 'bar 4 ms');
  line('pointer event p95, first 20 strokes', ms(percentile(early, 0.95)), 'flat');
  line('pointer event, slowest', ms(Math.max(...all)), 'bar 50 ms (a task)');
  line('end of stroke (history item) p95', ms(percentile(ends, 0.95)));
  line('undo p95', ms(percentile(undos, 0.95)));
  line('draft: whole mask to RLE, first', ms(firstRle), `${(rleBytes.length / 1024).toFixed(0)} kB`);
  line('draft: whole mask to RLE, after one stroke', ms(nextRle));
  line('load 24 MP from RLE', ms(load));
  line('return to the asset with its history', ms(back));
  line('history', mb(historyBytes), `${historyItems} strokes kept, bar 200`);
  line('memory growth of the engine', mb(growth), 'bar 16 MB');
};

run(80, 1);
run(400, 1);
run(2000, 1);
run(80, 0.5);
run(400, 0.5);
