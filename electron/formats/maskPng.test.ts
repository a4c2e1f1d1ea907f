import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskPngExport, maskPngImport } from './maskPng.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { arbitraryMask } from './testing/arbitraryMask.ts';
import { fuzzImport } from './testing/fuzzImport.ts';
import { exportTo, openReader, readAll } from './testing/tryFormat.ts';

test('every mask comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryMask, { minLength: 1, maxLength: 4 }), async (masks) => {
      const folder = await mkdtemp(join(tmpdir(), 'maskdesk-format-'));
      try {
        await exportTo(folder, maskPngExport, masks.map((mask) => ({ mask })));
        const images = await readAll(await openReader(folder, maskPngImport));
        expect(images.map(({ file }) => file)).toEqual(masks.map((_mask, index) => `masks/product-p${index + 1}.png`));
        for (const [index, mask] of masks.entries()) expect(images[index]?.instances[0]?.mask).toEqual(mask);
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 40 },
  );
});

test('broken PNGs are an error each', () => fuzzImport(maskPngImport, (folder) => exportTo(folder, maskPngExport, [{ mask: emptyBitmap(9, 5) }, { mask: emptyBitmap(1, 7) }, { mask: { widthPx: 2, heightPx: 2, data: Uint8Array.of(255, 0, 0, 255) } }])));
