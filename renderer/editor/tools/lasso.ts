import { polygonRuns } from '../../../shared/mask/fillPolygon.ts';
import { resampleRing } from '../../../shared/mask/resampleRing.ts';
import { smoothRing } from '../../../shared/mask/smoothRing.ts';
import type { Join } from '../../../shared/prompts/prompt.ts';
import { knownJoin, maxSmoothing } from '../../stores/toolOptions.ts';
import { FreehandLine } from '../outline/freehandLine.ts';
import { isBeside, ringOf } from '../outline/places.ts';
import { joinRegion } from '../raster/joinRegion.ts';
import type { MarkPoint } from './marks.ts';
import type { Tool, ToolContext, ToolFactory } from './tool.ts';

const words: Readonly<Record<Join, string>> = {
  replace: 'what it encloses becomes the mask',
  add: 'what it encloses is added',
  subtract: 'what it encloses is taken away',
  intersect: 'of the mask only what it encloses stays',
};

/** Smoothing looks at places this far apart, however fast the hand was. */
const spacingViewPx = 2;

/** A line by hand that closes when it is let go; its inside joins the mask. Shift adds and Alt takes away, whatever the options say. */
export const lasso: ToolFactory = (context: ToolContext): Tool => {
  let line: FreehandLine | null = null;
  let join: Join = 'add';
  const joinOf = ({ shift, alt }: { shift: boolean; alt: boolean }): Join => (alt ? 'subtract' : shift ? 'add' : knownJoin(context.settings.options.lasso.join));

  const enclose = (points: readonly MarkPoint[]): void => {
    const { document } = context;
    if (document === null || points.length < 3) return;
    if (isBeside(points, document)) return context.say('Nothing of the outline is on the photo.');
    const drawn = ringOf(points);
    const passes = Math.min(maxSmoothing, context.settings.options.lasso.smoothing);
    const ring = passes > 0 ? smoothRing(resampleRing(drawn, spacingViewPx / context.scale), passes) : drawn;
    context.propose({ tiles: joinRegion(document.state, polygonRuns([ring], document.widthPx, document.heightPx, 'nonZero'), join) });
    context.accept();
  };

  const finish = (): void => {
    const ended = line;
    line = null;
    if (ended !== null) enclose(ended.points);
  };

  return {
    pointerDown(input) {
      const [first] = input.points;
      if (first === undefined) return;
      join = joinOf(input);
      line = new FreehandLine(first);
      context.refresh();
    },
    pointerMove({ points }) {
      line?.add(points, context.scale);
      context.refresh();
    },
    pointerUp({ points }) {
      line?.add(points, context.scale);
      finish();
    },
    finish,
    cancel() {
      line = null;
      context.refresh();
    },
    cursor: () => ({ kind: 'crosshair' }),
    hint: (modifiers) => (line === null ? `Drag round something: ${words[joinOf(modifiers)]}. Shift adds, Alt or the right button takes away.` : `Let go: ${words[join]}. Esc takes the line back.`),
    marks() {
      const [first, last] = [line?.points[0], line?.points.at(-1)];
      if (line === null || first === undefined || last === undefined) return [];
      return [
        { kind: 'path', points: line.points, isClosed: false, line: 'firm' },
        { kind: 'path', points: [last, first], isClosed: false, line: 'wanted' },
      ];
    },
  };
};
