import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const handOverModule = pathToFileURL(join(import.meta.dirname, 'handOver.mjs')).href;
/** A wrapper like scripts/maskdesk.mjs around a program given as source text. */
const wrapped = (source) =>
  spawn(
    process.execPath,
    ['--input-type=module', '-e', `import { handOver } from '${handOverModule}'; process.exitCode = await handOver(process.execPath, ['-e', ${JSON.stringify(source)}]);`],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );

it('passes on the exit code, the input and the output', async () => {
  const child = wrapped("process.stdin.on('data', (text) => console.log('got ' + text)).on('end', () => process.exit(7))");
  child.stdin.end('words');
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  expect(code).toBe(7);
  expect(output.trim()).toBe('got words');
});

it('passes on a signal and waits for the answer', async () => {
  const child = wrapped("process.on('SIGTERM', () => { console.log('stopping'); process.exit(5); }); setInterval(() => {}, 1000); console.log('ready')");
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect((await once(child, 'close'))[0]).toBe(5);
});

it.skipIf(process.platform === 'win32')('says which signal ended the program', async () => {
  const child = wrapped("process.kill(process.pid, 'SIGKILL')");
  expect((await once(child, 'close'))[0]).toBe(128 + 9);
});
