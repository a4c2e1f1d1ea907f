import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { inRoot } from './folders.mjs';

/** The environment without this clone's node_modules/.bin in PATH: `npm ci` must not run on the Node that it is about to replace. */
export const outerEnvironment = (env = process.env) => {
  const own = inRoot('node_modules');
  // Windows writes it `Path`.
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const path = (env[key] ?? '').split(delimiter).filter((folder) => !folder.startsWith(own));
  return { ...env, [key]: path.join(delimiter) };
};

/**
 * Runs a program to its end. Its output goes to stderr (or is returned with `capture`).
 * @param {string} command @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, timeoutMs?: number, shell?: boolean}} options
 * @returns {Promise<{code: number, stdout: string, stderr: string, timedOut: boolean}>} code 127 when it could not be started
 */
export const runChild = (command, args, options = {}) =>
  new Promise((settle) => {
    const capture = options.capture === true;
    const child = spawn(command, args, {
      cwd: options.cwd ?? inRoot(),
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      // stdin closed: nothing here may wait for an answer that nobody can give.
      stdio: ['ignore', capture ? 'pipe' : 2, capture ? 'pipe' : 2],
    });
    const stdout = [];
    const stderr = [];
    let timedOut = false;
    child.stdout?.on('data', (chunk) => stdout.push(chunk));
    child.stderr?.on('data', (chunk) => stderr.push(chunk));
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, options.timeoutMs);
    const finish = (code, extra = '') => {
      clearTimeout(timer);
      settle({ code, stdout: Buffer.concat(stdout).toString('utf8'), stderr: `${Buffer.concat(stderr).toString('utf8')}${extra}`, timedOut });
    };
    child.on('error', (error) => finish(127, error.message));
    child.on('close', (code) => finish(code ?? 1));
  });

/** Runs npm of the machine: the one that started us when there is one, else the one on PATH. */
export const runNpm = (args, options = {}) => {
  const env = { ...outerEnvironment(), ...options.env };
  const cli = process.env.npm_execpath;
  // The script that npm runs from may be on another Node than ours; `node` on the outer PATH is the one that npm came with.
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) return runChild('node', [cli, ...args], { ...options, env });
  const windows = process.platform === 'win32';
  return runChild(windows ? 'npm.cmd' : 'npm', args, { ...options, env, shell: windows });
};
