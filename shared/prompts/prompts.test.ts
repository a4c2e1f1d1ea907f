import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPx, sameBitmap, type Bitmap } from '../mask/bitmap.ts';
import { decoderFeeds } from './decoderFeeds.ts';
import { readEmbedding, writeEmbedding } from './embeddingFile.ts';
import { joinMasks } from './joinMasks.ts';
import { logitsToMask } from './logitsToMask.ts';
import { maskPromptOf } from './maskPrompt.ts';
import { fits, imageToModelPx, modelFrame, modelToImagePx, type ModelFrame } from './modelFrame.ts';
import { logitsSidePx, type Candidate } from './prompt.ts';
import { bestCandidate, firstCandidate, readCandidates } from './readCandidates.ts';

const side = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9000 }));
const frames = fc.record({ fit: fc.constantFrom(...fits), sidePx: fc.constantFrom(512, 1024), imageWidthPx: side, imageHeightPx: side }).map(modelFrame);
const smallSide = fc.integer({ min: 1, max: 300 });
const smallFrames = fc.record({ fit: fc.constantFrom(...fits), sidePx: fc.constant(1024), imageWidthPx: smallSide, imageHeightPx: smallSide }).map(modelFrame);

/** Logits as a model would give them for a shape that is known on the photo: `signedImagePx` is positive inside. */
const candidateOf = (frame: ModelFrame, signedImagePx: (x: number, y: number) => number): Candidate => {
  const logits = Float32Array.from({ length: logitsSidePx ** 2 }, (_, index) =>
    signedImagePx(((index % logitsSidePx) + 0.5) / frame.logitsScaleX, (Math.floor(index / logitsSidePx) + 0.5) / frame.logitsScaleY),
  );
  return { widthPx: 256, heightPx: 256, logits, predictedIou: 1 };
};

describe('the frame of a model', () => {
  it('brings each place to the model and back, and the photo lies inside its square', () => {
    fc.assert(
      fc.property(frames, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (frame, shareX, shareY) => {
        const imagePx = { x: shareX * frame.imageWidthPx, y: shareY * frame.imageHeightPx };
        const modelPx = imageToModelPx(frame, imagePx);
        expect(modelPx.x).toBeGreaterThanOrEqual(0);
        expect(modelPx.x).toBeLessThanOrEqual(frame.validWidthModelPx + 1e-9);
        expect(modelPx.y).toBeLessThanOrEqual(frame.validHeightModelPx + 1e-9);
        expect(Math.max(frame.validWidthModelPx, frame.validHeightModelPx)).toBe(frame.sidePx);
        const back = modelToImagePx(frame, modelPx);
        expect(back.x).toBeCloseTo(imagePx.x, 6);
        expect(back.y).toBeCloseTo(imagePx.y, 6);
      }),
    );
  });

  it('is SAM\'s own for a photo of 640 x 427, and a line is still a line', () => {
    expect(modelFrame({ fit: 'pad', sidePx: 1024, imageWidthPx: 640, imageHeightPx: 427 })).toMatchObject({ validWidthModelPx: 1024, validHeightModelPx: 683 });
    expect(modelFrame({ fit: 'pad', sidePx: 1024, imageWidthPx: 5000, imageHeightPx: 1 })).toMatchObject({ validWidthModelPx: 1024, validHeightModelPx: 1 });
    expect(() => modelFrame({ fit: 'pad', sidePx: 1024, imageWidthPx: 0, imageHeightPx: 5 })).toThrow(RangeError);
  });
});

describe('logits at the size of the photo', () => {
  /** The values between two logits' centres are a straight line, so a straight edge must come out where it is. */
  it('keep a straight edge in its place, to the pixel', () => {
    fc.assert(
      fc.property(smallFrames, fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), fc.double({ min: 0.3, max: 0.7, noNaN: true }), (frame, angle, share) => {
        const [normalX, normalY] = [Math.cos(angle), Math.sin(angle)];
        const offset = share * (normalX * frame.imageWidthPx + normalY * frame.imageHeightPx);
        const signed = (x: number, y: number): number => normalX * x + normalY * y - offset;
        const mask = logitsToMask(frame, candidateOf(frame, signed));
        // Outside the outermost logits' centres the value is held.
        const [marginX, marginY] = [0.5 / frame.logitsScaleX, 0.5 / frame.logitsScaleY];
        for (let y = 0; y < mask.heightPx; y++) {
          for (let x = 0; x < mask.widthPx; x++) {
            const [centreX, centreY] = [x + 0.5, y + 0.5];
            const isNearBorder = centreX < marginX || centreY < marginY || centreX > frame.imageWidthPx - marginX || centreY > frame.imageHeightPx - marginY;
            if (isNearBorder || Math.abs(signed(centreX, centreY)) < 1e-3) continue;
            if ((mask.data[y * mask.widthPx + x] === 255) !== signed(centreX, centreY) > 0) throw new Error(`${x}, ${y}: ${signed(centreX, centreY)} px from the edge`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keep a disc where it is: its centre to a tenth of a pixel, its edge to half a pixel', () => {
    for (const fit of fits) {
      const frame = modelFrame({ fit, sidePx: 1024, imageWidthPx: 903, imageHeightPx: 611 });
      const [centreX, centreY, radius] = [401.3, 287.7, 133];
      const mask = logitsToMask(frame, candidateOf(frame, (x, y) => radius - Math.hypot(x - centreX, y - centreY)));
      let [sumX, sumY] = [0, 0];
      mask.data.forEach((value, index) => {
        const [x, y] = [(index % mask.widthPx) + 0.5, Math.floor(index / mask.widthPx) + 0.5];
        const signed = radius - Math.hypot(x - centreX, y - centreY);
        if (Math.abs(signed) > 0.5 && (value === 255) !== signed > 0) throw new Error(`${x}, ${y}: ${signed} px from the edge`);
        if (value === 255) [sumX, sumY] = [sumX + x, sumY + y];
      });
      expect(Math.abs(sumX / areaPx(mask) - centreX)).toBeLessThan(0.1);
      expect(Math.abs(sumY / areaPx(mask) - centreY)).toBeLessThan(0.1);
    }
  });

  it('are the same as plain bilinear at each pixel, in the whole and in any part', () => {
    const noise = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(smallFrames, noise, fc.double({ max: 1, min: 0, noNaN: true }), fc.double({ max: 1, min: 0, noNaN: true }), (frame, values, shareX, shareY) => {
        const logits = Float32Array.from({ length: logitsSidePx ** 2 }, (_, index) => values[(index * 31 + (index >> 8) * 7) % 64] as number);
        const candidate: Candidate = { widthPx: 256, heightPx: 256, logits, predictedIou: 1 };
        const whole = logitsToMask(frame, candidate);
        const at = (x: number, y: number): number => logits[y * logitsSidePx + x] as number;
        const held = (value: number): number => Math.min(Math.max(value, 0), 255);
        whole.data.forEach((value, index) => {
          const [x, y] = [held(((index % whole.widthPx) + 0.5) * frame.logitsScaleX - 0.5), held((Math.floor(index / whole.widthPx) + 0.5) * frame.logitsScaleY - 0.5)];
          const [x0, y0] = [Math.floor(x), Math.floor(y)];
          const [x1, y1] = [held(x0 + 1), held(y0 + 1)];
          const between = (at(x0, y0) * (1 - (x - x0)) + at(x1, y0) * (x - x0)) * (1 - (y - y0)) + (at(x0, y1) * (1 - (x - x0)) + at(x1, y1) * (x - x0)) * (y - y0);
          if (Math.abs(between) > 1e-9 && (value === 255) !== between > 0) throw new Error(`pixel ${index}: ${between}`);
        });
        const [xPx, yPx] = [Math.floor(shareX * (frame.imageWidthPx - 1)), Math.floor(shareY * (frame.imageHeightPx - 1))];
        const rect = { xPx, yPx, widthPx: frame.imageWidthPx - xPx, heightPx: Math.ceil((frame.imageHeightPx - yPx) / 2) };
        const part = logitsToMask(frame, candidate, { rect });
        const cut = Uint8Array.from(part.data, (_, index) => whole.data[(yPx + Math.floor(index / rect.widthPx)) * whole.widthPx + xPx + (index % rect.widthPx)] as number);
        expect(sameBitmap(part, { ...rect, data: cut })).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a mask as a prompt', () => {
  it('is the mask again when it is brought back up, except for a cell around its edge', () => {
    fc.assert(
      fc.property(smallFrames, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (frame, shareX, shareY) => {
        const { imageWidthPx: widthPx, imageHeightPx: heightPx } = frame;
        const [edgeX, edgeY] = [Math.round(shareX * widthPx), Math.round(shareY * heightPx)];
        const mask: Bitmap = { widthPx, heightPx, data: Uint8Array.from({ length: widthPx * heightPx }, (_, index) => (index % widthPx < edgeX && Math.floor(index / widthPx) < edgeY ? 255 : 0)) };
        const prompt = maskPromptOf(mask, frame);
        const back = logitsToMask(frame, { widthPx: 256, heightPx: 256, logits: prompt.logits, predictedIou: 1 });
        const cell = 1 / Math.min(frame.logitsScaleX, frame.logitsScaleY) + 1;
        back.data.forEach((value, index) => {
          const [x, y] = [(index % widthPx) + 0.5, Math.floor(index / widthPx) + 0.5];
          if (Math.abs(x - edgeX) > cell && Math.abs(y - edgeY) > cell && value !== mask.data[index]) throw new Error(`pixel ${x}, ${y} of ${widthPx} x ${heightPx}`);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('covers exactly what it covers: the sum of its cells is its area', () => {
    const frame = modelFrame({ fit: 'pad', sidePx: 1024, imageWidthPx: 700, imageHeightPx: 500 });
    const data = Uint8Array.from({ length: 350_000 }, (_, index) => ((index * 2654435761) % 97 < 40 ? 255 : 0));
    const mask = { widthPx: 700, heightPx: 500, data };
    const cells = maskPromptOf(mask, frame).logits.reduce((sum, logit) => sum + (logit / 10 + 1) / 2, 0);
    expect(cells / (frame.logitsScaleX * frame.logitsScaleY)).toBeCloseTo(areaPx(mask), -1);
    expect(() => maskPromptOf({ ...mask, widthPx: 350, heightPx: 1000 }, frame)).toThrow(RangeError);
  });
});

describe('feeds of a decoder', () => {
  const frame = modelFrame({ fit: 'pad', sidePx: 1024, imageWidthPx: 2048, imageHeightPx: 1000 });
  const feeds = (...args: Parameters<typeof decoderFeeds>) =>
    Object.fromEntries(decoderFeeds(...args).flatMap(({ name, dims, data }) => (name === 'mask_input' ? [] : [[name, { dims, data: [...data] }]])));

  it('pad points without a box, end with a box\'s corners, and add no half pixel twice', () => {
    const point = { xImagePx: 101, yImagePx: 51, label: 1 as const };
    expect(feeds('sam', frame, { points: [point], box: null, mask: null })).toMatchObject({
      point_coords: { dims: [1, 2, 2], data: [50, 25, 0, 0] },
      point_labels: { dims: [1, 2], data: [1, -1] },
      has_mask_input: { data: [0] },
      orig_im_size: { dims: [2] },
    });
    const boxed = feeds('sam2', frame, { points: [{ ...point, label: 0 }], box: { x0ImagePx: 1, y0ImagePx: 1, x1ImagePx: 2001, y1ImagePx: 801 }, mask: null });
    expect(boxed).toMatchObject({ point_coords: { dims: [1, 3, 2], data: [50, 25, 0, 0, 1000, 400] }, point_labels: { data: [0, 2, 3] } });
    expect(boxed).not.toHaveProperty('orig_im_size');
  });

  it('hold what was dragged beyond the border on it', () => {
    fc.assert(
      fc.property(frames, fc.double({ min: -1e5, max: 1e5, noNaN: true }), fc.double({ min: -1e5, max: 1e5, noNaN: true }), (any, xImagePx, yImagePx) => {
        const [x, y] = feeds('sam', any, { points: [{ xImagePx, yImagePx, label: 1 }], box: null, mask: null })['point_coords']?.data as number[];
        expect(x).toBeGreaterThanOrEqual(-0.5);
        expect(x).toBeLessThanOrEqual(any.validWidthModelPx);
        expect(y).toBeGreaterThanOrEqual(-0.5);
        expect(y).toBeLessThanOrEqual(any.validHeightModelPx);
      }),
    );
  });
});

describe('answers of a decoder', () => {
  const masks = (count: number) => ({ name: 'masks', dims: [1, count, 256, 256], data: Float32Array.from({ length: count * 65_536 }, (_, index) => Math.floor(index / 65_536)) });

  it('are read in the decoder\'s order, each with its own logits', () => {
    const candidates = readCandidates('sam2', [{ name: 'iou_predictions', dims: [1, 3], data: Float32Array.of(0.25, 0.75, 0.5) }, masks(3)]);
    expect(candidates.map(({ predictedIou, logits }) => [predictedIou, logits.length, logits[9]])).toEqual([[0.25, 65_536, 0], [0.75, 65_536, 1], [0.5, 65_536, 2]]);
    expect(bestCandidate(candidates)).toBe(1);
  });

  it('that agree with the clicks come first, whatever the model thinks of the others', () => {
    const frame = modelFrame({ fit: 'stretch', sidePx: 1024, imageWidthPx: 512, imageHeightPx: 256 });
    const half = (isInside: (x: number) => boolean, predictedIou: number): Candidate => ({
      widthPx: 256,
      heightPx: 256,
      predictedIou,
      logits: Float32Array.from({ length: 65_536 }, (_, index) => (isInside(index % 256) ? 5 : -5)),
    });
    const candidates = [half(() => true, 0.9), half((x) => x < 128, 0.7), half((x) => x >= 128, 0.8)];
    const point = (xImagePx: number, label: 0 | 1) => ({ xImagePx, yImagePx: 256, label });
    expect(firstCandidate(candidates, frame, [point(0, 1)])).toBe(0);
    expect(firstCandidate(candidates, frame, [point(100, 1), point(512, 0)])).toBe(1);
    expect(firstCandidate(candidates, frame, [point(300, 1), point(10, 0)])).toBe(2);
    expect(firstCandidate(candidates, frame, [])).toBe(0);
    expect(() => firstCandidate([], frame, [])).toThrow(RangeError);
  });

  it('of another shape are refused with what they are', () => {
    const iou = { name: 'iou_predictions', dims: [1, 2], data: Float32Array.of(1, 1) };
    expect(() => readCandidates('sam2', [masks(3), iou])).toThrow('masks [1, 3, 256, 256]');
    expect(() => readCandidates('sam', [])).toThrow('nothing');
    expect(() => readCandidates('sam2', [masks(2), { ...iou, data: Float32Array.of(NaN, 1) }])).toThrow('no numbers');
  });
});

describe('joining', () => {
  it('is what it says, a pixel at a time', () => {
    const row = (...data: number[]): Bitmap => ({ widthPx: 4, heightPx: 1, data: Uint8Array.from(data) });
    const [base, answer] = [row(0, 0, 255, 255), row(0, 255, 0, 255)];
    expect(joinMasks(base, answer, 'replace').data).toEqual(answer.data);
    expect(joinMasks(base, answer, 'add').data).toEqual(row(0, 255, 255, 255).data);
    expect(joinMasks(base, answer, 'subtract').data).toEqual(row(0, 0, 255, 0).data);
    expect(joinMasks(base, answer, 'intersect').data).toEqual(row(0, 0, 0, 255).data);
    expect(areaPx(joinMasks(null, answer, 'subtract'))).toBe(0);
    expect(joinMasks(null, answer, 'add').data).toEqual(answer.data);
  });
});

describe('the file of an embedding', () => {
  const sum = (bytes: Uint8Array): number => bytes.reduce((total, byte) => (total + byte) % 65_521, 0);
  const tensorsOf = fc.array(fc.tuple(fc.string({ maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 })), { maxLength: 4 }).map((shapes) =>
    shapes.map(([name, dims], index) => ({ name, dims, data: Float32Array.from({ length: dims.reduce((product, dim) => product * dim, 1) }, (_, at) => index + at / 8) })),
  );

  it('gives back what was written, wherever it lies in memory', () => {
    fc.assert(
      fc.property(tensorsOf, fc.integer({ min: 0, max: 5 }), (tensors, offset) => {
        const bytes = writeEmbedding('key', tensors, sum);
        const moved = new Uint8Array(bytes.length + offset);
        moved.set(bytes, offset);
        const read = readEmbedding(moved.subarray(offset));
        expect(read?.tensors).toEqual(tensors);
        expect(read?.header.valuesCrc32).toBe(sum(read?.values as Uint8Array));
      }),
    );
  });

  it('is nothing when it is cut, too long, or anything else', () => {
    const bytes = writeEmbedding('key', [{ name: 'a', dims: [3], data: Float32Array.of(1, 2, 3) }], sum);
    for (let length = 0; length < bytes.length; length++) expect(readEmbedding(bytes.subarray(0, length))).toBeNull();
    expect(readEmbedding(Uint8Array.of(...bytes, 0))).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => void expect(readEmbedding(noise)).toBeNull()));
  });
});
