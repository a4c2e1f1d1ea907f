import { expect, test } from 'vitest';
import { exportFormatInfos } from '../app/formatInfos.ts';
import { parseOptions, parseSplit, parseTarget, splitWords } from './exportOptions.ts';

const at = (path: string): string => `/here/${path}`;

test('a folder is not given the name of an archive that is not written', () => {
  for (const name of ['x.tar.gz', 'x.tgz', 'X.TAR', 'x.7z']) expect(() => parseTarget(name, at), name).toThrow(/\.zip/);
  expect(parseTarget('x.tar.gz/', at)).toEqual({ kind: 'folder', path: '/here/x.tar.gz/' });
  expect(parseTarget('x.v2', at)).toEqual({ kind: 'folder', path: '/here/x.v2' });
  expect(parseTarget('x.ZIP', at)).toEqual({ kind: 'zip', path: '/here/x.ZIP' });
  expect(parseTarget('s3://bucket/x.tar', at)).toEqual({ kind: 's3', url: 's3://bucket/x.tar' });
});

test('shares that do not sum to 100 are said as they are taken', () => {
  const words = (text: string) => splitWords(text, parseSplit(text, undefined));
  expect(words('80/10/10')).toBeNull();
  expect(words('80/20')).toBeNull();
  expect(words('80/30')).toBe('--split 80/30 does not sum to 100: taken as train 72.7 %, val 27.3 %.');
  expect(splitWords(undefined, null)).toBeNull();
});

test('an option that changes nothing beside the others is refused with what it is for', () => {
  const coco = exportFormatInfos().find(({ id }) => id === 'coco')?.options ?? [];
  expect(() => parseOptions(['tolerance=2'], coco)).toThrow('--option tolerance has no effect here: it is for segmentation=polygons.');
  expect(parseOptions(['tolerance=2', 'segmentation=polygons'], coco)).toEqual({ tolerance: 2, segmentation: 'polygons' });
});

test('what an option waits for is an option of the same format, and a value that it can have', () => {
  for (const { id, options } of exportFormatInfos()) {
    for (const { when } of options) if (when !== undefined) expect(parseOptions([`${when.name}=${String(when.value)}`], options), id).toEqual({ [when.name]: when.value });
  }
});
