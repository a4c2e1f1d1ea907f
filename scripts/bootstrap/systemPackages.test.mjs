import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { missingIn, onPath } from './systemPackages.mjs';

it('reads from ldd which libraries are missing, each once', () => {
  const output = `\tlinux-vdso.so.1 (0x00007ffd)
\tlibgtk-3.so.0 => not found
\tlibnss3.so => /usr/lib/x86_64-linux-gnu/libnss3.so (0x00007f)
\tlibasound.so.2 => not found
\tlibgtk-3.so.0 => not found
`;
  expect(missingIn(output)).toEqual(['libgtk-3.so.0', 'libasound.so.2']);
  expect(missingIn('\tstatically linked\n')).toEqual([]);
});

it('finds a program on a PATH, empty parts of it left out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maskdesk-path-'));
  writeFileSync(join(folder, 'Xvfb'), '');
  expect(onPath('Xvfb', ['', '/nowhere', folder].join(delimiter))).toBe(true);
  expect(onPath('Xvfb', ['', '/nowhere'].join(delimiter))).toBe(false);
  rmSync(folder, { recursive: true });
});
