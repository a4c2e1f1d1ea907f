import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { digestsOf, ExportRig, oddMask } from '../app/testing/exportRig.ts';
import { asOrdinaryUser } from '../base/testing/asOrdinaryUser.ts';
import { runProgram } from './program.ts';

let rig: ExportRig;
let source: string;
let said: { out: string; err: string };
const { signal } = new AbortController();

beforeEach(async () => {
  rig = await ExportRig.make([1, 2].map((number) => ({ id: `a${number}`, mask: oddMask(number) })));
  source = join(rig.folder, 'source');
  await mkdir(source);
  await chmod(rig.folder, 0o755);
  await writeFile(join(source, 'a1.png'), await rig.app.codec.encodeMask(oddMask(1)));
  await writeFile(join(source, 'who.png'), await rig.app.codec.encodeMask(oddMask(3)));
  vi.stubEnv('MASKDESK_DATA', join(rig.folder, 'data'));
  await mkdir(join(rig.folder, 'data'));
  said = { out: '', err: '' };
  for (const [stream, name] of [[process.stdout, 'out'], [process.stderr, 'err']] as const) {
    vi.spyOn(stream, 'write').mockImplementation((text: string | Uint8Array, ...rest: unknown[]) => {
      said[name] += String(text);
      const told = rest.find((argument) => typeof argument === 'function');
      if (told !== undefined) (told as () => void)();
      return true;
    });
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rig.dispose();
});

test('whoever may only read a store sees what an import would come to, and how what is open is decided', async () => {
  await rig.app.close();
  await rig.setModes(0o555, 0o444);
  const before = await digestsOf(rig.storeDir);
  await asOrdinaryUser(rig.folder, async () => {
    expect(await runProgram(['import-masks', source, '--store', rig.storeDir, '--preview'], signal)).toBe(1);
    expect(said.out).toMatch(/^Would be imported +0$/m);
    expect(said.out).toMatch(/^There already +1 {2}a1$/m);
    expect(said.out).toMatch(/^To be decided .*who\.png.*--unknown skip\|add$/m);
    expect(await runProgram(['import-masks', source, '--store', rig.storeDir, '--preview', '--unknown', 'skip', '--json'], signal)).toBe(0);
    expect(said.out).toContain('"same":1');
    expect(await runProgram(['import-masks', source, '--store', rig.storeDir, '--unknown', 'skip'], signal)).toBe(1);
  });
  expect(await digestsOf(rig.storeDir)).toEqual(before);
  await rig.setModes(0o755, 0o644);
  await rig.reopen();
});

test('progress is a line a second, and nothing is told twice', async () => {
  await rig.app.close();
  for (let number = 0; number < 60; number++) await writeFile(join(source, `more${number}.png`), 'x'.repeat(8));
  expect(await runProgram(['import-masks', source, '--store', rig.storeDir], signal)).toBe(1);
  expect(said.err).not.toContain('because:');
  said.err = '';
  expect(await runProgram(['import-masks', join(source, 'a1.png'), '--store', rig.storeDir], signal)).toBe(0);
  expect(said.out).toContain('0 masks imported to review; 1 was there already.');
  expect(said.err).not.toMatch(/ 0$| of 0$/m);
  await rig.reopen();
});

test('broken ones are left out where that is said, told with file, line and column; else they stop it', async () => {
  const annotation = (id: number, image: number, segmentation: unknown) => ({ id, image_id: image, category_id: 1, segmentation });
  const box = [[0, 0, 5, 0, 5, 5, 0, 5]];
  const document = {
    images: [{ id: 1, file_name: 'a1.png', width: 25, height: 18 }, { id: 2, file_name: 'a2.png', width: 26, height: 19 }],
    categories: [{ id: 1, name: 'shoe' }],
    annotations: [annotation(1, 1, box), annotation(2, 7, box), annotation(3, 2, 5)],
  };
  const file = join(source, 'instances.json');
  await writeFile(file, JSON.stringify(document, null, 1));
  await rig.app.close();
  const command = ['import-masks', file, '--store', rig.storeDir];
  expect(await runProgram([...command, '--preview'], signal)).toBe(1);
  expect(said.out).toMatch(/^To be decided .*2 parts of it are broken \(first: instances\.json, line \d+, column \d+: annotations\[1\]: There is no image.* {2}--broken skip$/m);
  expect(await runProgram(command, signal)).toBe(1);
  expect(said.err).toContain('Nothing was imported. Say what to do: --broken skip.');
  expect(await runProgram([...command, '--broken', 'skip'], signal)).toBe(0);
  expect(said.out).toMatch(/^1 mask imported to review[^]*^Left out as broken: 2\.\n {2}instances\.json, line \d+, column \d+: annotations\[1\]: [^]*\n {2}instances\.json, line \d+, column \d+: annotations\[2\]: /m);
  said.out = '';
  expect(await runProgram([...command, '--broken', 'skip', '--json'], signal)).toBe(0);
  const answers = said.out.trim().split('\n').map((line) => JSON.parse(line) as { broken?: unknown; skipped?: unknown });
  expect(answers.at(-1)).toMatchObject({ imported: 0, same: 1, skipped: { broken: 1 }, broken: { count: 2, examples: [{ file: 'instances.json', line: expect.any(Number) as number, column: expect.any(Number) as number }, { file: 'instances.json' }] } });
  await rig.reopen();
});
