import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersectRects, rectOfEdges } from '../../shared/mask/rect.ts';
import { logitsToMask } from '../../shared/prompts/logitsToMask.ts';
import { fits, modelFrame } from '../../shared/prompts/modelFrame.ts';
import { logitsSidePx, type Candidate } from '../../shared/prompts/prompt.ts';
import { answerPixels } from './answerPixels.ts';
import { toDevice, type DeviceView } from './deviceView.ts';

const inside = 0xff112233;

/** A blob with a wavy border and a hole, of whole and half values, so that no pixel lies just on the border. */
const candidate = (shift: number): Candidate => ({
  widthPx: logitsSidePx,
  heightPx: logitsSidePx,
  predictedIou: 0.9,
  logits: Float32Array.from({ length: logitsSidePx * logitsSidePx }, (_, index) => {
    const [x, y] = [(index % logitsSidePx) - 90 - shift, Math.floor(index / logitsSidePx) - 80];
    const radius = Math.hypot(x, y);
    return Math.min(70 + 9 * Math.sin(5 * Math.atan2(y, x)) - radius, radius - 12);
  }),
});

const picture = (view: DeviceView, widthPx: number, heightPx: number, shift: number, fit: (typeof fits)[number]) => {
  const frame = modelFrame({ fit, sidePx: 1024, imageWidthPx: widthPx, imageHeightPx: heightPx });
  const area = intersectRects(toDevice(view, rectOfEdges(0, 0, widthPx, heightPx)), view.bounds);
  const words = new Uint32Array(area.widthPx * area.heightPx);
  if (words.length > 0) answerPixels(words, area, view, frame, candidate(shift), inside);
  return { frame, area, words };
};

describe('an answer on the screen', () => {
  it('at 100 % is the mask that will be, pixel by pixel, wherever the picture lies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 500 }), fc.integer({ min: 20, max: 500 }), fc.integer({ min: -200, max: 200 }), fc.integer({ min: -200, max: 200 }), fc.integer({ min: 0, max: 90 }), fc.constantFrom(...fits), (widthPx, heightPx, offsetX, offsetY, shift, fit) => {
        const view: DeviceView = { zoom: 1, offsetX, offsetY, bounds: rectOfEdges(0, 0, 300, 300) };
        const { frame, area, words } = picture(view, widthPx, heightPx, shift, fit);
        if (words.length === 0) return;
        const mask = logitsToMask(frame, candidate(shift), { rect: { ...area, xPx: area.xPx - offsetX, yPx: area.yPx - offsetY } });
        const unlike = words.reduce((count, word, index) => count + ((word === inside) === (mask.data[index] === 255) ? 0 : 1), 0);
        // Rounding may decide otherwise where a border goes through a pixel's very centre.
        expect(unlike).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('covers the same share of the picture at every zoom', () => {
    const shareAt = (zoom: number): number => {
      const { words } = picture({ zoom, offsetX: 0, offsetY: 0, bounds: rectOfEdges(0, 0, 4000, 4000) }, 600, 400, 20, 'pad');
      return words.filter((word) => word === inside).length / words.length;
    };
    for (const zoom of [0.25, 0.5, 2, 5.3]) expect(shareAt(zoom)).toBeCloseTo(shareAt(1), 2);
  });
});
