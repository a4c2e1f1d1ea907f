import { expect, test } from 'vitest';
import { exportFormats, importFormats } from './index.ts';
import { comesBack } from './testing/comesBack.ts';

const carried = Object.values(exportFormats).flatMap((format) => (format.readBack === null ? [] : [[format.id, format, importFormats[format.readBack]] as const]));

test.each(carried)('%s: a set of any names, categories and splits comes back', { timeout: 30_000 }, (_id, exportFormat, importFormat) => comesBack(exportFormat, importFormat, Object.values(importFormats)));

test('label-studio: also by names alone', { timeout: 30_000 }, () => comesBack(exportFormats['label-studio'], importFormats['label-studio'], Object.values(importFormats), { options: { images: 'name' } }));

test('every format that is not for looking at is tried', () => expect(carried.map(([id]) => id)).toHaveLength(Object.keys(exportFormats).length - 1));
