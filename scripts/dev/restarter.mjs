import { spawn } from 'node:child_process';
import { say } from '../bootstrap/progress.mjs';

/** Several builds end within a moment of each other; one restart is enough. */
const settleMs = 300;
/** Longer than a clean quit takes (drafts saved, the core closed). */
const quitTimeoutMs = 10_000;

/**
 * Keeps one process running, started anew at each `restart()`.
 * @param {{command: string, args: readonly string[], env: NodeJS.ProcessEnv}} program
 * @returns {{restart(): void, stop(): void, ended: Promise<number>}} `ended` resolves with the exit code once it ends without us asking for a restart
 */
export const createRestarter = ({ command, args, env }) => {
  let child = null;
  let timer;
  let goesOn = true;
  let settle;
  const ended = new Promise((resolve) => {
    settle = resolve;
  });

  const start = () => {
    const started = spawn(command, args, { env, stdio: 'inherit' });
    child = started;
    started.on('error', (error) => {
      say(`could not start ${command}: ${error.message}`);
      settle(1);
    });
    started.on('exit', (code) => {
      child = null;
      if (started.restarting && goesOn) start();
      else settle(code ?? 0);
    });
  };

  const quit = () => {
    const quitting = child;
    quitting.kill('SIGTERM');
    const last = setTimeout(() => quitting.kill('SIGKILL'), quitTimeoutMs);
    quitting.on('exit', () => clearTimeout(last));
  };

  return {
    ended,
    restart() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (child === null) return start();
        say('the Node side changed: restarting');
        child.restarting = true;
        quit();
      }, settleMs);
    },
    stop() {
      goesOn = false;
      clearTimeout(timer);
      if (child === null) settle(0);
      else quit();
    },
  };
};
