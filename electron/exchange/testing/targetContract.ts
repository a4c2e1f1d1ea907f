import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { ExportTarget } from '../../../shared/ports/exportTarget.ts';
import { ownFilesName } from '../ownFiles.ts';

export interface TargetFixture {
  /** Another object on the same place each time, as another run has it. */
  open(options?: { readonly overwrite?: boolean }): Promise<ExportTarget>;
  /** What a reader sees there as a finished export; null: none. Closed by the caller. */
  finished(): Promise<AnnotationSource | null>;
  /** Everything that lies there and beside it, scratch included: names for comparing. */
  everything(): Promise<readonly string[]>;
  /** Puts something there that is not ours. */
  occupy(): Promise<void>;
  /** Puts a file into (or, for a zip, a report beside) what stands there. Null: there is no inside. */
  readonly addForeign: (() => Promise<void>) | null;
  /** A killed process gives nothing back; what holds a lock in this process is let go as the kernel would. */
  kill(target: ExportTarget): Promise<void>;
  dispose(): Promise<void>;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export const contentsOf = async (source: AnnotationSource): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const { path, sizeBytes } of await source.files()) {
    if (path === ownFilesName) continue;
    const bytes = await source.read(path);
    expect(bytes.length, path).toBe(sizeBytes);
    found[path] = textOf(bytes);
  }
  return found;
};

/** As the engine ends each export. */
const signs = { 'DATACARD.md': '# Card', 'manifest.jsonl': '{}\n' };
const putAll = async (target: ExportTarget, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) await target.put(path, bytesOf(text));
};

/** What every kind of target must do (shared/ports/exportTarget.ts). @param reportsBeside the report is no file of the export (a zip) */
export const targetContract = (name: string, makeFixture: () => Promise<TargetFixture>, { reportsBeside = false } = {}): void => {
  describe(`ExportTarget: ${name}`, () => {
    let fixture: TargetFixture;
    let folder: string;
    beforeEach(async () => {
      fixture = await makeFixture();
      folder = await mkdtemp(join(tmpdir(), 'maskdesk-target-'));
    });
    afterEach(async () => {
      await fixture.dispose();
      await rm(folder, { recursive: true });
    });

    const fileWith = async (bytes: Uint8Array | string): Promise<string> => {
      const file = join(folder, `file-${randomBytes(4).toString('hex')}`);
      await writeFile(file, bytes);
      return file;
    };
    const finish = async (files: Readonly<Record<string, string>>, options?: { readonly overwrite: boolean }): Promise<void> => {
      const target = await fixture.open(options);
      await target.begin(null);
      await putAll(target, { ...files, ...signs });
      await target.commit();
    };
    const finishedContents = async (): Promise<Record<string, string> | null> => {
      const source = await fixture.finished();
      return source === null ? null : contentsOf(source).finally(() => source.close());
    };

    it('is looked at without a trace: free, a finished export, something that is not ours', async () => {
      const untouched = await fixture.everything();
      const target = await fixture.open();
      await target.check();
      expect([await target.look(), await fixture.everything()]).toEqual(['free', untouched]);
      await target.begin(null);
      await putAll(target, signs);
      await target.commit();
      const again = await fixture.open();
      expect(await again.look()).toBe('export');
      await expect(again.check()).rejects.toMatchObject({ code: 'target_exists', details: { allowedBy: 'overwrite' } });
      await (await fixture.open({ overwrite: true })).check();
    });

    it('is refused by a look as it would be at the beginning, where something lies that is not ours', async () => {
      await fixture.occupy();
      const target = await fixture.open({ overwrite: true });
      expect(await target.look()).toBe('other');
      await expect(target.check()).rejects.toMatchObject({ code: 'target_exists' });
    });

    it('looks finished after commit alone, and leaves nothing but the export', async () => {
      const target = await fixture.open();
      await target.begin(null);
      await putAll(target, { 'masks/a.png': 'one', 'masks/deep/er/ü 漢.png': 'two', empty: '' });
      await target.putFile('document.json', await fileWith('{"large": true}'));
      await putAll(target, signs);
      expect(await fixture.finished()).toBeNull();
      const expected = { 'masks/a.png': 'one', 'masks/deep/er/ü 漢.png': 'two', empty: '', 'document.json': '{"large": true}', ...signs };
      const source = await target.readBack();
      expect(await contentsOf(source)).toEqual(expected);
      await source.close();
      expect(await target.putReport('report.jsonl', await fileWith('{"iou": 1}\n'))).toMatch(/report\.jsonl$/);
      expect(await fixture.finished()).toBeNull();
      await target.commit();
      expect(await finishedContents()).toEqual({ ...expected, ...(reportsBeside ? {} : { 'report.jsonl': '{"iou": 1}\n' }) });
      expect((await fixture.everything()).filter((path) => path.includes('maskdesk-part') || path.includes('NOT-FINISHED'))).toEqual([]);
      await target.discard();
      await target.close();
      expect(await finishedContents()).not.toBeNull();
    });

    it('goes on after a kill from the checkpoint, and forgets what came after it', async () => {
      const first = await fixture.open();
      await first.begin(null);
      await putAll(first, { 'a.txt': 'a', 'b.txt': 'b' });
      await first.putFile('c.bin', await fileWith('c'.repeat(100_000)));
      const checkpoint = JSON.parse(JSON.stringify(await first.checkpoint())) as unknown;
      await putAll(first, { 'later/d.txt': 'half of it', 'never-again.txt': 'x' });
      await fixture.kill(first);
      const second = await fixture.open();
      await second.begin(checkpoint);
      await putAll(second, { 'later/d.txt': 'd', ...signs });
      expect(await fixture.finished()).toBeNull();
      await second.commit();
      expect(await finishedContents()).toEqual({ 'a.txt': 'a', 'b.txt': 'b', 'c.bin': 'c'.repeat(100_000), 'later/d.txt': 'd', ...signs });
    });

    it('goes on more than once, also where nothing was put in between', async () => {
      let checkpoint: unknown = null;
      for (const name of ['a', null, 'b', 'c']) {
        const target = await fixture.open();
        await target.begin(checkpoint);
        if (name !== null) await target.put(name, bytesOf(name));
        checkpoint = await target.checkpoint();
        await (name === 'b' ? fixture.kill(target) : target.close());
      }
      const last = await fixture.open();
      await last.begin(checkpoint);
      await putAll(last, signs);
      await last.commit();
      expect(await finishedContents()).toEqual({ a: 'a', b: 'b', c: 'c', ...signs });
    });

    it('goes on after reading back was interrupted', async () => {
      const first = await fixture.open();
      await first.begin(null);
      await putAll(first, signs);
      const checkpoint = await first.checkpoint();
      await (await first.readBack()).close();
      await first.putReport('report.jsonl', await fileWith('old'));
      await fixture.kill(first);
      const second = await fixture.open();
      await second.begin(checkpoint);
      const source = await second.readBack();
      expect(await contentsOf(source)).toEqual(signs);
      await source.close();
      await second.putReport('report.jsonl', await fileWith('new'));
      await second.commit();
      expect(await finishedContents()).toEqual({ ...signs, ...(reportsBeside ? {} : { 'report.jsonl': 'new' }) });
    });

    it('begins anew over what was left, and throws it away', async () => {
      const first = await fixture.open();
      await first.begin(null);
      await putAll(first, { 'old.txt': 'old', 'same.txt': 'old' });
      await first.checkpoint();
      await fixture.kill(first);
      await finish({ 'same.txt': 'new' });
      expect(await finishedContents()).toEqual({ 'same.txt': 'new', ...signs });
    });

    it('leaves nothing behind when it is discarded, by the same run or another one', async () => {
      const before = await fixture.everything();
      const target = await fixture.open();
      await target.discard();
      await target.begin(null);
      await putAll(target, { 'a.txt': 'a', ...signs });
      await target.discard();
      expect(await fixture.everything()).toEqual(before);
      const killed = await fixture.open();
      await killed.begin(null);
      await putAll(killed, { 'a.txt': 'a' });
      await killed.checkpoint();
      await fixture.kill(killed);
      await (await fixture.open()).discard();
      expect(await fixture.everything()).toEqual(before);
      expect(await fixture.finished()).toBeNull();
    });

    it('replaces a finished export where it may, at commit', async () => {
      await finish({ 'only-in-the-old.txt': 'old', 'both.txt': 'old' });
      await expect((await fixture.open()).begin(null)).rejects.toMatchObject({ code: 'target_exists' });
      expect(await finishedContents()).toEqual({ 'only-in-the-old.txt': 'old', 'both.txt': 'old', ...signs });
      const target = await fixture.open({ overwrite: true });
      await target.begin(null);
      await putAll(target, { 'both.txt': 'new', ...signs });
      await target.commit();
      expect(await finishedContents()).toEqual({ 'both.txt': 'new', ...signs });
      expect((await fixture.everything()).filter((path) => path.includes('maskdesk-part'))).toEqual([]);
    });

    it('leaves alone what is not ours, whatever it is told', async () => {
      await fixture.occupy();
      const before = await fixture.everything();
      for (const overwrite of [false, true]) {
        await expect((await fixture.open({ overwrite })).begin(null)).rejects.toMatchObject({ code: 'target_exists' });
        await (await fixture.open({ overwrite })).discard();
      }
      expect(await fixture.everything()).toEqual(before);
    });

    it('never replaces an export that somebody has put files into since', async () => {
      if (fixture.addForeign === null) return;
      await finish({ 'a.txt': 'old' });
      await fixture.addForeign();
      const before = await fixture.everything();
      await expect((await fixture.open({ overwrite: true })).begin(null)).rejects.toMatchObject({ code: 'target_exists', message: expect.stringContaining('my-runs/best.pt') as string });
      expect(await fixture.everything()).toEqual(before);
      expect(await finishedContents()).toEqual({ 'a.txt': 'old', 'my-runs/best.pt': 'weights', ...signs });
    });

    it('has one writer at a time', async () => {
      const first = await fixture.open();
      await first.begin(null);
      await putAll(first, { 'a.txt': 'a' });
      await expect((await fixture.open()).begin(null)).rejects.toMatchObject({ code: 'target_exists', message: expect.stringContaining('being written') as string });
      await expect((await fixture.open()).discard()).rejects.toMatchObject({ code: 'target_exists' });
      await putAll(first, signs);
      await first.commit();
      expect(await finishedContents()).toEqual({ 'a.txt': 'a', ...signs });
    });

    it.each(['', '/etc/passwd', '../out', 'a/../../out', 'a/..', './a', 'a//b', 'a/', '..', 'a\\b', 'a\0b', 'C:/a', 'c:a', 'EXPORT-NOT-FINISHED.txt'])('refuses the path %j', async (path) => {
      const target = await fixture.open();
      await target.begin(null);
      await expect(target.put(path, bytesOf('x'))).rejects.toMatchObject({ code: 'path_outside_root' });
      await expect(target.putFile(path, await fileWith('x'))).rejects.toMatchObject({ code: 'path_outside_root' });
      await expect(target.putReport(path, await fileWith('x'))).rejects.toMatchObject({ code: 'path_outside_root' });
      await target.discard();
    });

    it('says which file of this machine can not be read', async () => {
      const target = await fixture.open();
      await target.begin(null);
      const missing = join(folder, 'missing.json');
      await expect(target.putFile('document.json', missing)).rejects.toMatchObject({ code: 'file_unreadable', message: expect.stringContaining(missing) as string });
      await target.discard();
    });
  });
};
