import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { claimOwner, ownerIsDead } from './owner.ts';

it('an owner lives until it is released', () => {
  const { owner, release } = claimOwner('a');
  expect(ownerIsDead(owner)).toBe(false);
  // An earlier process that happened to have this one's number.
  expect(ownerIsDead(owner.replace(/:a$/, ':b'))).toBe(true);
  release();
  expect(ownerIsDead(owner)).toBe(true);
});

it('an owner in another process lives as long as that process', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const owner = claimOwner('x').owner.replace(`:${process.pid}:`, `:${child.pid}:`);
  expect(ownerIsDead(owner)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(ownerIsDead(owner)).toBe(true);
});

it('an owner on another machine may be alive; one from before this machine was started anew is not', () => {
  const { owner } = claimOwner('y');
  expect(ownerIsDead(`elsewhere/boot:1:z`)).toBe(false);
  expect(ownerIsDead(owner.replace(/\/[^:]*/, '/another-boot'))).toBe(true);
  expect(ownerIsDead('nonsense')).toBe(true);
});

it('an owner in another container of this machine may be alive, whatever its number', () => {
  const { owner } = claimOwner('c');
  const elsewhere = owner.replace(/@\d*\//, '@1234567890/').replace(`:${process.pid}:`, ':1:');
  if (process.platform === 'linux') expect(elsewhere).not.toBe(owner.replace(`:${process.pid}:`, ':1:'));
  expect(ownerIsDead(elsewhere)).toBe(process.platform !== 'linux' && ownerIsDead(owner.replace(`:${process.pid}:`, ':1:')));
});
