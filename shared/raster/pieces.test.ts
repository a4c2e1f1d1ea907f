import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import { joinTiles, type TileJoin } from '../edits/joinTiles.ts';
import { tilesOfBitmap } from '../edits/tilesOfBitmap.ts';
import type { TileState } from '../edits/tileState.ts';
import { areaPx, type Bitmap } from '../mask/bitmap.ts';
import { intersect, subtract, unite } from '../mask/compositing.ts';
import { fillHoles, findHoles } from '../mask/holes.ts';
import { piecesOf } from '../mask/pieces.ts';
import { rectOfEdges } from '../mask/rect.ts';
import { signedAreaPx } from '../mask/ring.ts';
import { changePiece, type PieceChange } from './changePiece.ts';
import { erasePieces } from './erasePieces.ts';
import type { RasterContext } from './job.ts';
import { pieceAt } from './pieceAt.ts';

const noPhoto: RasterContext = { photo: () => Promise.reject(new Error('No photo is needed')) };
const bitmaps = fc
  .tuple(fc.integer({ min: 1, max: 22 }), fc.integer({ min: 1, max: 16 }))
  .chain(([widthPx, heightPx]) =>
    fc.array(fc.boolean(), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }).map((inside): Bitmap => ({ widthPx, heightPx, data: Uint8Array.from(inside, (is) => (is ? 255 : 0)) })),
  );
const withPlace = bitmaps.chain((bitmap) => fc.record({ bitmap: fc.constant(bitmap), x: fc.nat(bitmap.widthPx - 1), y: fc.nat(bitmap.heightPx - 1) }));

const draw = (...rows: readonly string[]): Bitmap => ({ widthPx: rows[0]?.length ?? 0, heightPx: rows.length, data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)) });
const rowsOf = (mask: TileState): string[] => {
  const { widthPx, heightPx, data } = bitmapOfTiles(mask);
  return Array.from({ length: heightPx }, (_, y) => Array.from(data.subarray(y * widthPx, (y + 1) * widthPx), (value) => (value === 255 ? '#' : '.')).join(''));
};
const change = async (bitmap: Bitmap, xPx: number, yPx: number, what: PieceChange, reachPx = 0) =>
  changePiece.run({ mask: tilesOfBitmap(bitmap), place: { xImagePx: xPx + 0.5, yImagePx: yPx + 0.5, reachPx }, change: what }, noPhoto);

describe('joining a shape with tiles', () => {
  it('is joining masks, also across tiles', () => {
    const joins = { add: unite, subtract, intersect, replace: (_: Bitmap, shape: Bitmap) => shape } satisfies Record<TileJoin, unknown>;
    fc.assert(
      fc.property(fc.constantFrom<TileJoin>('add', 'subtract', 'intersect', 'replace'), fc.tuple(fc.nat(300), fc.nat(270), fc.nat(300), fc.nat(270)), fc.integer({ min: 2, max: 9 }), (join, [x0, y0, x1, y1], grain) => {
        const [widthPx, heightPx] = [300, 270];
        const rect = rectOfEdges(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1));
        const mask: Bitmap = { widthPx, heightPx, data: Uint8Array.from({ length: widthPx * heightPx }, (_, at) => ((at / grain) & 1 ? 255 : 0)) };
        const data = Uint8Array.from({ length: rect.widthPx * rect.heightPx }, (_, at) => ((at / (grain + 3)) & 1 ? 255 : 0));
        const whole: Bitmap = { widthPx, heightPx, data: new Uint8Array(widthPx * heightPx) };
        for (let y = 0; y < rect.heightPx; y++) whole.data.set(data.subarray(y * rect.widthPx, (y + 1) * rect.widthPx), (rect.yPx + y) * widthPx + rect.xPx);
        const joined = joinTiles(tilesOfBitmap(mask), { rect, data }, join);
        expect(joined).toEqual(tilesOfBitmap(joins[join](mask, whole)));
      }),
      { numRuns: 30 },
    );
  });
});

describe('pieces', () => {
  it('are the holes and islands that the mask has, each pixel in one', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const map = piecesOf(bitmap);
        expect(map.holes.map((hole) => hole.areaPx)).toEqual(findHoles(bitmap).map((hole) => hole.areaPx));
        expect(map.islands.reduce((sum, piece) => sum + piece.areaPx, 0)).toBe(areaPx(bitmap));
        const counted = new Map<unknown, number>();
        for (let at = 0; at < bitmap.data.length; at++) {
          const piece = map.pieceAt(at % bitmap.widthPx, Math.floor(at / bitmap.widthPx));
          expect(piece?.kind === 'island').toBe(bitmap.data[at] === 255);
          if (piece !== null) counted.set(piece, (counted.get(piece) ?? 0) + 1);
        }
        for (const piece of [...map.islands, ...map.holes]) expect(counted.get(piece)).toBe(piece.areaPx);
        expect(map.pieceAt(-1, 0)).toBe(null);
        expect(map.pieceAt(bitmap.widthPx, 0)).toBe(null);
      }),
    );
  });
});

describe('a click on a piece', () => {
  it('fills a hole and never adds outside of one', async () => {
    await fc.assert(
      fc.asyncProperty(withPlace, async ({ bitmap, x, y }) => {
        const filled = await change(bitmap, x, y, 'fill');
        const map = piecesOf(bitmap);
        const hole = map.pieceAt(x, y);
        expect(filled !== null).toBe(hole?.kind === 'hole');
        if (filled === null) return;
        const after = bitmapOfTiles(filled);
        expect(areaPx(after) - areaPx(bitmap)).toBe(hole?.areaPx);
        expect(unite(after, fillHoles(bitmap))).toEqual(fillHoles(bitmap));
        expect(unite(after, bitmap)).toEqual(after);
        expect(map.holes).toContain(hole);
      }),
    );
  });

  it('drops and keeps what together is the mask', async () => {
    await fc.assert(
      fc.asyncProperty(withPlace, async ({ bitmap, x, y }) => {
        const [kept, dropped] = [await change(bitmap, x, y, 'keep'), await change(bitmap, x, y, 'drop')];
        expect(kept === null).toBe(dropped === null);
        if (kept === null || dropped === null) return;
        expect(unite(bitmapOfTiles(kept), bitmapOfTiles(dropped))).toEqual(bitmap);
        expect(areaPx(intersect(bitmapOfTiles(kept), bitmapOfTiles(dropped)))).toBe(0);
        expect(piecesOf(bitmapOfTiles(kept)).islands).toHaveLength(1);
      }),
    );
  });

  it('means the nearest piece within reach where it hits none', async () => {
    const specks = draw('#.....#..', '.........', '.........');
    expect(rowsOf((await change(specks, 4, 0, 'drop', 3)) as TileState)).toEqual(['#........', '.........', '.........']);
    expect(await change(specks, 3, 2, 'drop', 2)).toBe(null);
  });

  it('fills what is closed by corners alone', async () => {
    const ring = draw('.#.', '#.#', '.#.');
    expect(rowsOf((await change(ring, 1, 1, 'fill')) as TileState)).toEqual(['.#.', '###', '.#.']);
  });
});

describe('a drag over pieces', () => {
  it('takes each that it crosses, and gives back what it crosses while it restores', async () => {
    const mask = tilesOfBitmap(draw('#.#.#.#', '.......'));
    const place = (x: number, y = 0) => ({ xImagePx: x + 0.5, yImagePx: y + 0.5, reachPx: 0 });
    const there = { from: place(0), to: place(5), restores: false };
    const back = { from: place(5), to: place(3), restores: true };
    expect(rowsOf((await erasePieces.run({ mask, sweeps: [there] }, noPhoto)).mask)).toEqual(['......#', '.......']);
    const both = await erasePieces.run({ mask, sweeps: [there, back] }, noPhoto);
    expect(rowsOf(both.mask)).toEqual(['....#.#', '.......']);
    expect(both).toMatchObject({ count: 2, areaPx: 2 });
    expect((await erasePieces.run({ mask, sweeps: [{ from: place(0, 1), to: place(6, 1), restores: false }] }, noPhoto)).count).toBe(0);
  });
});

describe('what lies under the pointer', () => {
  it('is told with its border and its share', async () => {
    const answer = await pieceAt.run({ mask: tilesOfBitmap(draw('......', '.##...', '.##..#')), place: { xImagePx: 1.5, yImagePx: 1.5, reachPx: 0 }, kind: 'island' }, noPhoto);
    expect(answer).toMatchObject({ count: 2, allAreaPx: 5, piece: { areaPx: 4, box: { xPx: 1, yPx: 1, widthPx: 2, heightPx: 2 } } });
    expect(answer?.rings.map((ring) => ring.length)).toEqual([8]);
    expect(Math.max(...Array.from(answer?.rings[0] ?? []))).toBe(3);
  });

  it('has its outer border however ragged it is, and inner ones as far as there is room', async () => {
    const side = 260;
    // A square with a pinhole at every second place, and a comb of 1 px teeth all along its top.
    const data = Uint8Array.from({ length: side * side }, (_, at) => {
      const [x, y] = [at % side, Math.floor(at / side)];
      if (y < 4) return x % 2 === 0 ? 255 : 0;
      return y % 2 === 1 && x % 2 === 1 && x < side - 1 && y < side - 1 ? 0 : 255;
    });
    const answer = await pieceAt.run({ mask: tilesOfBitmap({ widthPx: side, heightPx: side, data }), place: { xImagePx: 100.5, yImagePx: 100.5, reachPx: 0 }, kind: 'island' }, noPhoto);
    const rings = answer?.rings ?? [];
    expect(rings.filter((ring) => signedAreaPx(ring) < 0)).toHaveLength(1);
    expect(rings.length).toBeGreaterThan(100);
    expect(rings.reduce((sum, ring) => sum + ring.length / 2, 0)).toBeLessThanOrEqual(8000);
  });
});
