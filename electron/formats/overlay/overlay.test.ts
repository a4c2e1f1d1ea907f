import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder } from '../testing/inFolder.ts';
import { codec, exportTo } from '../testing/tryFormat.ts';
import { overlayExport } from './index.ts';

const mask = { widthPx: 40, heightPx: 20, data: Uint8Array.from({ length: 800 }, (_, at) => (at % 40 >= 10 && at % 40 < 30 && at >= 200 && at < 600 ? 255 : 0)) };

test('outside stays, inside is tinted, the edge is drawn on both of its sides', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, overlayExport, [{ mask }], { options: { quality: 100, full: true } });
    const { data, widthPx, heightPx } = await codec.photoRgb(await readFile(join(folder, 'overlays/product-p1.webp')));
    expect([widthPx, heightPx]).toEqual([40, 20]);
    const at = (x: number, y: number): number[] => [...data.subarray((y * 40 + x) * 3, (y * 40 + x) * 3 + 3)];
    const near = (found: number[], expected: readonly number[]): void => {
      for (const [channel, value] of expected.entries()) expect(Math.abs((found[channel] as number) - value)).toBeLessThan(12);
    };
    near(at(2, 2), [127, 127, 127]);
    near(at(20, 10), [94, 152, 158]);
    expect(at(20, 4)[2]).toBeLessThan(at(20, 2)[2] as number);
    expect((at(20, 5)[2] as number) - (at(20, 5)[0] as number)).toBeGreaterThan(60);
  });
});

test('a list in Markdown, whatever the names are; pictures are fitted', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, overlayExport, [{ mask, id: 'a|b](x)', split: 'val' }], { options: { side: 64, format: 'jpeg' } });
    const report = await readFile(join(folder, 'report.md'), 'utf8');
    expect(report).toContain('# tried, snapshot 1\n\n1 mask, frozen on 2026-01-02 by ann.');
    expect(report).toContain('| 1 | ![a\\|b\\]\\(x\\)](val/overlays/product-a%257Cb%255D%2528x%2529.jpg) | a\\|b\\]\\(x\\) | A product | 40 x 20 | 200 | 25.0 % | approved by ann, 2026-01-01 |');
  });
});
