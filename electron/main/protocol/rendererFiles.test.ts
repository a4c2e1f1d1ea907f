import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLimited } from './limitedBody.ts';
import { readRendererFile } from './rendererFiles.ts';

let folder: string;
let renderer: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-files-'));
  renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await writeFile(join(renderer, 'index.html'), '<html>');
  await writeFile(join(renderer, 'assets', 'a b.js'), '1');
  await writeFile(join(renderer, 'secret.key'), 'no');
  await writeFile(join(folder, 'outside.js'), 'no');
  await writeFile(join(folder, 'renderer-other.js'), 'no');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('files of the page', () => {
  test('are served with their media type', async () => {
    expect((await readRendererFile(renderer, '/'))?.mediaType).toContain('text/html');
    expect((await readRendererFile(renderer, '/assets/a%20b.js'))?.mediaType).toContain('text/javascript');
  });

  test.each(['/../outside.js', '/%2e%2e/outside.js', '/..%2foutside.js', '/assets/..%5c..%5coutside.js', '/../renderer-other.js', '/index.html%00.js', '/%E0%A4', '/secret.key', '/none.js', '/assets', '//etc/passwd'])(
    'are not %s',
    async (path) => expect(await readRendererFile(renderer, path)).toBeNull(),
  );
});

describe('a body', () => {
  const streamOf = (...chunks: string[]): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start: (controller) => {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    });

  test('is read whole up to the limit and refused past it', async () => {
    expect(new TextDecoder().decode((await readLimited(streamOf('ab', 'cd'), 4)) ?? undefined)).toBe('abcd');
    expect(await readLimited(streamOf('ab', 'cde'), 4)).toBeNull();
    expect(await readLimited(null, 4)).toEqual(new Uint8Array());
  });
});
