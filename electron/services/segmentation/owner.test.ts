import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { claimOwner, ownerIsAlive } from './owner.ts';

it('an owner lives until it is released', () => {
  const { owner, release } = claimOwner('a');
  expect(ownerIsAlive(owner)).toBe(true);
  // An earlier process that happened to have this one's number.
  expect(ownerIsAlive(owner.replace(/:a$/, ':b'))).toBe(false);
  release();
  expect(ownerIsAlive(owner)).toBe(false);
});

it('an owner in another process lives as long as that process', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const owner = claimOwner('x').owner.replace(`:${process.pid}:`, `:${child.pid}:`);
  expect(ownerIsAlive(owner)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(ownerIsAlive(owner)).toBe(false);
});

it('an owner on another machine may be alive; one from before this machine was started anew is not', () => {
  const { owner } = claimOwner('y');
  expect(ownerIsAlive(`elsewhere/boot:1:z`)).toBe(true);
  expect(ownerIsAlive(owner.replace(/\/[^:]*/, '/another-boot'))).toBe(false);
  expect(ownerIsAlive('nonsense')).toBe(false);
});
