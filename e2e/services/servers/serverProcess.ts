import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ServerUser } from './serverUser.ts';

/** Enough of what a server said to tell why it did not come up. */
const keptCharacters = 8_000;

/** One run of a server: what it says, and its end. Ended with us, should we end first. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #said = '';

  constructor(command: string, args: readonly string[], { user, env, cwd }: { readonly user: ServerUser; readonly env: NodeJS.ProcessEnv; readonly cwd: string }) {
    this.#child = spawn(command, args, { ...user, env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const endWithUs = () => this.#child.kill('SIGKILL');
    process.once('exit', endWithUs);
    this.#ended = new Promise((settle) => {
      const end = () => {
        process.off('exit', endWithUs);
        settle();
      };
      this.#child.once('exit', end);
      this.#child.once('error', (error) => {
        this.#said += error.message;
        end();
      });
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-keptCharacters);
        this.#child.emit('said');
      });
    }
  }

  get isRunning(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get said(): string {
    return this.#said;
  }

  /** Waits until what it says matches. @throws Error when it ends before, or the time is over; with its last words */
  async saying(pattern: RegExp, timeoutMs: number): Promise<void> {
    const deadline = AbortSignal.timeout(timeoutMs);
    const ended = this.#ended.then(() => 'ended');
    while (!pattern.test(this.#said)) {
      const said = once(this.#child, 'said', { signal: deadline }).then(() => 'said', () => 'late');
      const what = await Promise.race([said, ended]);
      if (what !== 'said' && !pattern.test(this.#said)) throw new Error(`${this.#child.spawnfile} ${what === 'late' ? `was not ready within ${timeoutMs} ms` : 'ended'}. Its last words:\n${this.#said}`);
    }
  }

  /** Waits for its own end. @returns its exit code; null where a signal ended it or it never started */
  async ended(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.isRunning) this.#child.kill(signal);
    await this.#ended;
  }
}
