import { describe, expect, it } from 'vitest';
import { installedMatches } from './packages.mjs';

const wanted = { packages: { '': { version: '1.0.0' }, 'node_modules/a': { version: '1.2.3' }, 'node_modules/b-win32': { version: '2.0.0', optional: true } } };
const installed = (packages) => ({ packages });

describe('installedMatches', () => {
  it('takes an install that has all but other systems', () => {
    expect(installedMatches(wanted, installed({ 'node_modules/a': { version: '1.2.3' } }))).toBe(true);
  });
  it('does not mind what is there beside it', () => {
    expect(installedMatches(wanted, installed({ 'node_modules/a': { version: '1.2.3' }, 'node_modules/c': { version: '1.0.0' } }))).toBe(true);
  });
  it('refuses a missing package and another version, also of an optional one', () => {
    expect(installedMatches(wanted, installed({}))).toBe(false);
    expect(installedMatches(wanted, installed({ 'node_modules/a': { version: '1.2.4' } }))).toBe(false);
    expect(installedMatches(wanted, installed({ 'node_modules/a': { version: '1.2.3' }, 'node_modules/b-win32': { version: '1.0.0' } }))).toBe(false);
  });
});
