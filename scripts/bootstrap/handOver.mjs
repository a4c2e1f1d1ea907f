import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program in our place: its input and output are ours, signals are passed on, and we end as it ended.
 * @param {string} command @param {readonly string[]} args @param {{cwd?: string, env?: NodeJS.ProcessEnv}} options
 * @returns {Promise<number>} its exit code; 128 + the signal's number when a signal ended it (as shells say it)
 */
export const handOver = (command, args, options = {}) =>
  new Promise((settle, fail) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const passOn = (signal) => {
      // At a terminal Ctrl+C reaches the whole process group: a second one from us would read as "stop at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const finish = (code) => {
      for (const signal of signals) process.off(signal, passOn);
      settle(code);
    };
    child.on('error', fail);
    child.on('exit', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
