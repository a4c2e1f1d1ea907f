import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cliArguments, parseHostOptions } from './options.ts';

const env = { MASKDESK_DATA: '/data' };

describe('options of the window', () => {
  test('open the demo store, and make it, when none is named', () => {
    expect(parseHostOptions([], env, '/work', true)).toEqual({ storeDir: join('/data', 'demo'), createStore: true, configFile: null, devServer: null });
  });

  test.each([
    [['--store', 'mine'], {}],
    [['--store=mine'], {}],
    [[], { MASKDESK_STORE: 'mine' }],
    [['--no-sandbox', '--inspect=0', '--store', 'mine', 'extra'], { MASKDESK_STORE: 'other' }],
  ])('open the store named by %j and %j, and never make it', (args, named) => {
    expect(parseHostOptions(args, { ...env, ...named }, '/work', true)).toMatchObject({ storeDir: resolve('/work', 'mine'), createStore: false });
  });

  test('take a maskdesk.toml; a store on the command line goes before one of the environment', () => {
    const file = { ...env, MASKDESK_CONFIG: 'team.toml' };
    expect(parseHostOptions([], file, '/work', true).configFile).toBe(resolve('/work', 'team.toml'));
    expect(parseHostOptions(['--store', 'mine'], file, '/work', true).configFile).toBeNull();
    expect(parseHostOptions(['--config', 'other.toml'], file, '/work', true).configFile).toBe(resolve('/work', 'other.toml'));
  });

  test('take a development server only where that is allowed', () => {
    const dev = { ...env, MASKDESK_DEV_SERVER: 'http://localhost:5173' };
    expect(parseHostOptions([], dev, '/work', true).devServer).toBe('http://localhost:5173');
    expect(parseHostOptions([], dev, '/work', false).devServer).toBeNull();
  });
});

describe('the command line of the packaged app', () => {
  test('is what stands after --cli', () => {
    expect(cliArguments(['--no-sandbox', '--cli', 'queue', '--json'])).toEqual(['queue', '--json']);
    expect(cliArguments(['--cli'])).toEqual([]);
    expect(cliArguments(['--store', 'x'])).toBeNull();
  });
});
