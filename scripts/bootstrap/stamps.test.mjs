import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from './stamps.mjs';

let folder;
const write = (name, content) => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
};
const digest = (texts) => digestOf([folder], texts, folder);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskdesk-stamps-'));
  write('a/one.ts', 'one');
  write('b.ts', 'two');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('digestOf', () => {
  it('is the same for the same files, however often they are written', () => {
    const before = digest();
    write('b.ts', 'two');
    expect(digest()).toBe(before);
  });

  it('changes with a content, a name, a new file, a removed file and a text', () => {
    const seen = new Set([digest(), digest(['text']), digest(['te', 'xt'])]);
    write('b.ts', 'three');
    seen.add(digest());
    renameSync(join(folder, 'b.ts'), join(folder, 'c.ts'));
    seen.add(digest());
    write('d.ts', '');
    seen.add(digest());
    rmSync(join(folder, 'c.ts'));
    seen.add(digest());
    expect(seen.size).toBe(7);
  });

  it('does not mistake the end of one file for the start of the next', () => {
    write('x', 'ab');
    write('y', 'c');
    const before = digest();
    write('x', 'a');
    write('y', 'bc');
    expect(digest()).not.toBe(before);
  });

  it('leaves tests and hidden files out, and takes what is missing for empty', () => {
    const before = digest();
    write('a/one.test.ts', 'a test');
    write('.hidden/file', 'x');
    expect(digest()).toBe(before);
    expect(digestOf([join(folder, 'nowhere')], [], folder)).toBe(digestOf([], [], folder));
  });

  it('is the same in another place', () => {
    const before = digest();
    const moved = `${folder}-moved`;
    renameSync(folder, moved);
    folder = moved;
    expect(digest()).toBe(before);
  });
});
