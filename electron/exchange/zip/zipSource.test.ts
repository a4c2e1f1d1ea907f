import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { openZipSource } from './zipSource.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-zip-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Evil {
  readonly name: string;
  readonly data?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly sum?: number;
  readonly claimedBytes?: number;
  readonly unixMode?: number;
  /** Its data is that of the entry before. */
  readonly overlaps?: boolean;
}

/** A zip as no honest program writes it. */
const evilZip = async (entries: readonly Evil[]): Promise<string> => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  let before = 0;
  for (const { name, data = Buffer.from('{}'), method = 0, flags = 0x0800, sum, claimedBytes = data.length, unixMode = 0o100644, overlaps = false } of entries) {
    const packed = method === 8 ? deflateRawSync(data) : Buffer.from(data);
    const named = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(sum ?? crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedBytes, 18);
    fields.writeUInt16LE(named.length, 22);
    if (!overlaps) {
      const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, named, packed]);
      before = offset;
      offset += local.length;
      parts.push(local);
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(unixMode * 2 ** 16, 6);
    rest.writeUInt32LE(before, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), fields, rest, named]));
  }
  const lines = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(lines.length, 12);
  end.writeUInt32LE(offset, 16);
  const file = join(folder, 'evil.zip');
  await writeFile(file, Buffer.concat([...parts, lines, end]));
  return file;
};

const using = async <T>(file: string, work: (source: AnnotationSource) => Promise<T>): Promise<T> => {
  const source = await openZipSource(file, { tempFolder: folder });
  try {
    return await work(source);
  } finally {
    await source.close();
  }
};

const zeros = new Uint8Array(70 * 2 ** 20);

const cutOff = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 30);

describe('zip source', () => {
  it.each<[string, readonly Evil[]]>([
    ['leads out', [{ name: '../../etc/passwd' }]],
    ['leads out in the middle', [{ name: 'a/../../b' }]],
    ['is absolute', [{ name: '/etc/passwd' }]],
    ['is absolute on Windows', [{ name: 'C:/windows/system.ini' }]],
    ['has backslashes', [{ name: '..\\..\\evil.json' }]],
    ['has an empty segment', [{ name: 'a//b.png' }]],
    ['has a NUL', [{ name: 'a.png\0.exe' }]],
    ['is empty', [{ name: '' }]],
    ['is a folder that leads out', [{ name: '../' }]],
    ['is in it twice', [{ name: 'a.png' }, { name: 'a.png' }]],
    ['is a link', [{ name: 'a.png', data: Buffer.from('/etc/passwd'), unixMode: 0o120777 }]],
    ['is encrypted', [{ name: 'a.png', flags: 0x0801, claimedBytes: 2, data: Buffer.alloc(14) }]],
    ['is packed by another method', [{ name: 'a.png', method: 12 }]],
    ['is a bomb', [{ name: 'a.json', data: zeros, method: 8 }]],
    ['overlaps', Array.from({ length: 60 }, (_, index) => ({ name: `${index}.json`, data: Buffer.alloc(5000, 'abc'), overlaps: index > 0 }))],
  ])('refuses a zip with an entry that %s', async (_, entries) => {
    const file = await evilZip([{ name: 'good.json' }, ...entries]);
    await using(file, async (source) => {
      await expect(source.files()).rejects.toMatchObject({ code: 'annotations_invalid' });
      await expect(source.read('good.json')).rejects.toMatchObject({ code: 'annotations_invalid' });
    });
    expect(await readdir(folder)).toEqual(['evil.zip']);
  });

  it.each<[string, Evil]>([
    ['a wrong checksum', { name: 'a.json', data: Buffer.from('abc'), sum: 1 }],
    ['a wrong checksum, packed', { name: 'a.json', data: Buffer.from('abc'.repeat(99)), sum: 1, method: 8 }],
    ['more bytes than it claims', { name: 'a.json', data: Buffer.from('abc'.repeat(99)), claimedBytes: 5, method: 8 }],
    ['fewer bytes than it claims', { name: 'a.json', data: Buffer.from('abc'), claimedBytes: 500, method: 8 }],
    ['bytes that are not packed', { name: 'a.json', data: Buffer.from('abc'), method: 8 }],
  ])('says which entry has %s', async (kind, entry) => {
    const file = await evilZip([entry]);
    if (kind === 'bytes that are not packed') {
      const bytes = await readFile(file);
      bytes.fill(0xff, 36, 38);
      await writeFile(file, bytes);
    }
    await using(file, async (source) => {
      const broken = { code: 'annotations_invalid', message: expect.stringContaining('a.json') as string };
      await expect(source.read('a.json')).rejects.toMatchObject(broken);
      await expect(source.open('a.json')).rejects.toMatchObject(broken);
    });
    expect(await readdir(folder)).toEqual(['evil.zip']);
  });

  it('reads what other programs write: descriptors behind the data, folders, the litter of a Mac', async () => {
    const zip = new ZipFile();
    zip.addEmptyDirectory('masks');
    zip.addBuffer(Buffer.from('picture'), 'masks/a.png', { compress: false });
    zip.addBuffer(Buffer.from('resource fork'), '__MACOSX/masks/._a.png');
    zip.addBuffer(Buffer.from('litter'), 'masks/.DS_Store');
    zip.addReadStream(Readable.from([Buffer.from('{"streamed": '), Buffer.from('true}')]), 'instances.json');
    zip.end();
    const chunks: Buffer[] = [];
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
    const file = join(folder, 'foreign.zip');
    await writeFile(file, Buffer.concat(chunks));
    await using(file, async (source) => {
      expect((await source.files()).map(({ path }) => path)).toEqual(['instances.json', 'masks/a.png']);
      expect(Buffer.from(await source.read('instances.json')).toString()).toBe('{"streamed": true}');
      await expect(source.read('masks')).rejects.toMatchObject({ code: 'file_unreadable' });
      await expect(source.read('../foreign.zip')).rejects.toMatchObject({ code: 'file_unreadable' });
    });
  });

  it('opens a large entry at any place, and leaves no file behind', async () => {
    const data = Buffer.from(Array.from({ length: 500_000 }, (_, index) => `${String(index).padStart(9, '0')}\n`).join(''));
    const file = await evilZip([{ name: 'large.json', data, method: 8 }]);
    await using(file, async (source) => {
      const opened = await source.open('large.json');
      expect(await readdir(folder)).toEqual(['evil.zip']);
      expect(opened.sizeBytes).toBe(5_000_000);
      expect(Buffer.from(await opened.read(4_000_000, 10)).toString()).toBe('000400000\n');
      expect(await opened.read(4_999_995, 10)).toHaveLength(5);
      await opened.close();
    });
  });

  it.each([['cut off', cutOff], ['empty', () => Buffer.alloc(0)], ['no zip', () => Buffer.from('hello')], ['cut in front', (bytes: Buffer) => bytes.subarray(20)]])('says that it is no whole zip: %s', async (_, damage) => {
    const file = await evilZip([{ name: 'a.json' }, { name: 'b.json' }]);
    await writeFile(file, damage(await readFile(file)));
    await expect(using(file, (source) => source.read('a.json'))).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringMatching(damage === cutOff ? /evil\.zip is no zip file, or was cut off; ask for it again\.$/ : /evil\.zip/) as string });
  });
});
