import { expect, it } from 'vitest';
import { matteOfPixels } from '../../shared/edits/matte.ts';
import { TestEditor } from '../editor/testEditor.ts';
import { samplerOfMatte } from './sampleMatte.ts';

it('gives the mean of each block over tiles, and what was painted since where that is newer', () => {
  const [widthPx, heightPx] = [520, 300];
  const test = new TestEditor().blank(widthPx, heightPx);
  const alpha = Uint8Array.from({ length: widthPx * heightPx }, (_, at) => ((at % widthPx) + Math.floor(at / widthPx)) % 256);
  test.editor.propose(null, matteOfPixels(widthPx, heightPx, alpha));
  const document = test.editor.document;
  const { shown } = test.editor.mattes;
  if (document === null || shown === null) throw new Error('nothing is shown');
  for (const level of [0, 1, 3]) {
    const area = { xPx: (248 >> level) - 1, yPx: (250 >> level) - 1, widthPx: 12, heightPx: 9 };
    const shares = new Uint8Array(area.widthPx * area.heightPx);
    samplerOfMatte(shown, document)(level, area, shares);
    for (let y = 0; y < area.heightPx; y++) {
      for (let x = 0; x < area.widthPx; x++) {
        let sum = 0;
        for (let row = (area.yPx + y) << level; row < (area.yPx + y + 1) << level; row++) {
          for (let column = (area.xPx + x) << level; column < (area.xPx + x + 1) << level; column++) {
            if (row >= 0 && column >= 0 && row < heightPx && column < widthPx) sum += alpha[row * widthPx + column] as number;
          }
        }
        expect(shares[y * area.widthPx + x]).toBe(Math.round(sum / (1 << (2 * level))));
      }
    }
  }
  test.editor.accept();
  test.tool('brush', 1).click(100.5, 50.5);
  const kept = test.editor.mattes.shown;
  if (kept === null) throw new Error('the matte is not kept');
  const shares = new Uint8Array(3);
  samplerOfMatte(kept, document)(0, { xPx: 99, yPx: 50, widthPx: 3, heightPx: 1 }, shares);
  expect([...shares]).toEqual([149, 255, 151]);
});
