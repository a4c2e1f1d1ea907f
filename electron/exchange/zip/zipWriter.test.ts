import { execFileSync } from 'node:child_process';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { sha256Hex } from '../../base/hash.ts';
import { endRecords, directoryRecord, localHeader } from './records.ts';
import { openZipSource } from './zipSource.ts';
import { openZipWriter, type ZipMark } from './zipWriter.ts';

let folder: string;
let zipFile: string;
let directoryFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-zip-'));
  zipFile = join(folder, 'out.zip');
  directoryFile = join(folder, 'directory');
});
afterEach(() => rm(folder, { recursive: true }));

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Another program's opinion; null where there is none on this machine. */
const unzipTests = (file: string): string | null => {
  try {
    return execFileSync('unzip', ['-tq', file], { encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

describe('zip writer', () => {
  it('writes what another program unpacks: pictures as they are, text deflated, names in UTF-8', async () => {
    const text = 'a line of a manifest\n'.repeat(5000);
    const document = join(folder, 'document.json');
    await writeFile(document, JSON.stringify({ text }));
    const zip = await openZipWriter(zipFile, directoryFile, null);
    await zip.put('masks/ü 漢.png', bytesOf('no real picture'.repeat(100)));
    await zip.put('manifest.jsonl', bytesOf(text));
    await zip.put('empty.txt', new Uint8Array());
    await zip.putFile('annotations.json', document);
    await zip.putFile('empty.json', await writeFile(join(folder, 'empty'), '').then(() => join(folder, 'empty')));
    await zip.finish();
    await zip.close();
    const { size } = await stat(zipFile);
    expect(size).toBeLessThan(4000);
    expect(unzipTests(zipFile) ?? 'No errors detected').toContain('No errors detected');
    const source = await openZipSource(zipFile);
    expect((await source.files()).map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([['annotations.json', 110011], ['empty.json', 0], ['empty.txt', 0], ['manifest.jsonl', 105000], ['masks/ü 漢.png', 1500]]);
    expect(new TextDecoder().decode(await source.read('manifest.jsonl'))).toBe(text);
    await source.close();
  });

  it('goes on from any mark, and ends with the same bytes as without an interruption', async () => {
    const write = async (names: readonly string[], stops: ReadonlySet<number>): Promise<string> => {
      let zip = await openZipWriter(zipFile, directoryFile, null);
      for (const [index, name] of names.entries()) {
        if (stops.has(index)) {
          const mark: ZipMark = await zip.mark();
          await zip.put(`lost-${name}`, bytesOf('lost'.repeat(index * 50)));
          if (index % 2 === 0) await zip.finish();
          await zip.close();
          zip = await openZipWriter(zipFile, directoryFile, mark);
        }
        await zip.put(name, bytesOf(name.repeat(20)));
      }
      await zip.finish();
      await zip.close();
      return sha256Hex(await readFile(zipFile));
    };
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,9}\.(png|json)$/), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(names, fc.array(fc.nat(7)), async (given, stops) => {
        expect(await write(given, new Set(stops))).toBe(await write(given, new Set()));
      }),
      { numRuns: 20 },
    );
  });

  it('does not go on from files that became shorter', async () => {
    const zip = await openZipWriter(zipFile, directoryFile, null);
    await zip.put('a.png', bytesOf('a'.repeat(100)));
    const mark = await zip.mark();
    await zip.close();
    await writeFile(zipFile, 'short');
    await expect(openZipWriter(zipFile, directoryFile, mark)).rejects.toMatchObject({ code: 'file_unreadable' });
  });

  it('has more than 65,535 entries', async () => {
    const zip = await openZipWriter(zipFile, directoryFile, null);
    for (let number = 0; number < 65_600; number++) await zip.put(`${number}.png`, bytesOf('x'));
    await zip.finish();
    await zip.close();
    expect(unzipTests(zipFile) ?? 'No errors detected').toContain('No errors detected');
    const source = await openZipSource(zipFile);
    expect(await source.files()).toHaveLength(65_600);
    expect(await source.read('65599.png')).toEqual(bytesOf('x'));
    await source.close();
  });

  it('has entries beyond 4 GiB, in sizes and in places', async () => {
    // A hole of 5 GiB that takes no room on the disk, and a small entry behind it.
    const large = 5 * 2 ** 30;
    const crcOfZeros = 0; // not read
    const first = { name: Buffer.from('large.bin'), isDeflated: false, crc32: crcOfZeros, packedBytes: large, unpackedBytes: large, offset: 0 };
    const header = localHeader(first, true);
    const second = { name: Buffer.from('small.png'), isDeflated: false, crc32: 0x8cdc1683, packedBytes: 1, unpackedBytes: 1, offset: header.length + large };
    const directory = Buffer.concat([directoryRecord(first), directoryRecord(second)]);
    const small = Buffer.concat([localHeader(second, false), Buffer.from('x')]);
    const handle = await open(zipFile, 'w');
    await handle.write(header, 0, header.length, 0);
    const tail = Buffer.concat([small, directory, endRecords({ entries: 2, offset: second.offset + small.length, bytes: directory.length })]);
    await handle.write(tail, 0, tail.length, second.offset);
    await handle.close();
    const source = await openZipSource(zipFile);
    expect(await source.files()).toEqual([{ path: 'large.bin', sizeBytes: large }, { path: 'small.png', sizeBytes: 1 }]);
    expect(new TextDecoder().decode(await source.read('small.png'))).toBe('x');
    await expect(source.read('large.bin')).rejects.toMatchObject({ code: 'annotations_invalid' });
    await source.close();
  });
});
