import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { totalmem } from 'node:os';
import { expect, it } from 'vitest';
import { availableMemoryBytes, memoryUse } from './memoryUse.ts';

it.runIf(process.platform === 'linux')('counts the model process with the worker, and nothing for one that has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => undefined, 1000)'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  const both = await memoryUse(pid);
  expect(both.workerBytes).toBeGreaterThan(10e6);
  expect(both.inferenceBytes).toBeGreaterThan(10e6);
  child.kill();
  await once(child, 'exit');
  expect((await memoryUse(pid)).inferenceBytes).toBe(0);
  expect((await memoryUse(null)).inferenceBytes).toBe(0);
});

it('knows what there is to be had', () => {
  expect(availableMemoryBytes()).toBeGreaterThan(0);
  expect(availableMemoryBytes()).toBeLessThanOrEqual(totalmem());
});
