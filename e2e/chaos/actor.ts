import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A worker or a desk: a process that is killed and started again under the same name. */
export class Actor {
  readonly name: string;
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #log: WriteStream;
  readonly #onLine: (line: string) => void;
  #child: ChildProcess | null = null;
  #isWanted = false;
  /** Times that it ended though nobody had asked it to: a fault of ours, whatever was done to its servers. */
  readonly unasked: string[] = [];

  constructor(name: string, { args, env, logFile, onLine }: { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv; readonly logFile: string; readonly onLine: (line: string) => void }) {
    this.name = name;
    this.#args = args;
    this.#env = env;
    this.#log = createWriteStream(logFile, { flags: 'a' });
    this.#onLine = onLine;
  }

  start(): void {
    const child = spawn(process.execPath, this.#args, { env: { ...process.env, ...this.#env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#isWanted = true;
    const endWithUs = () => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.stderr.on('data', (chunk: Buffer) => this.#log.write(chunk));
    // A line that the kill has torn was not said.
    createInterface({ input: child.stdout }).on('line', (line) => line.endsWith('}') && this.#onLine(line));
    child.once('exit', (code, signal) => {
      process.off('exit', endWithUs);
      if (!this.#isWanted || this.#child !== child) return;
      this.unasked.push(`${this.name} ended by itself (${code ?? signal})`);
      this.start();
    });
  }

  /** Ends it and waits for that. @returns how it ended: its exit code, or the signal */
  async end(signal: NodeJS.Signals): Promise<number | string> {
    const child = this.#child;
    this.#isWanted = false;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return 'was not running';
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
    return child.exitCode ?? child.signalCode ?? '';
  }
}
