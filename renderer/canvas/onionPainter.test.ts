import { expect, it } from 'vitest';
import { rectOfEdges } from '../../shared/mask/rect.ts';
import { onionView } from './onionPainter.ts';

const view = { zoom: 0.5, offsetX: 20, offsetY: 30, bounds: rectOfEdges(0, 0, 800, 600) };

it('a neighbour of the same size lies exactly on the picture, one of another in its middle', () => {
  expect(onionView(view, { widthPx: 1000, heightPx: 800 }, { widthPx: 1000, heightPx: 800 })).toEqual(view);
  // Half as wide, as high: it is as high as the picture, with a quarter free on both sides.
  expect(onionView(view, { widthPx: 1000, heightPx: 800 }, { widthPx: 250, heightPx: 400 })).toEqual({ ...view, zoom: 1, offsetX: 20 + 125, offsetY: 30 });
});
