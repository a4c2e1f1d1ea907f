import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { eventually } from './eventually.ts';

/** Longer than a worker drains, connections that hang included. */
const endsWithinMs = 60_000;

interface ActorParts {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly onLine: (line: string) => void;
}

/** A worker or a desk: a process that is killed and started again under the same name. */
export class Actor {
  readonly name: string;
  readonly #parts: ActorParts;
  readonly #log: WriteStream;
  #child: ChildProcess | null = null;
  #isWanted = false;
  #hasSpoken = false;
  #healthPort: number | null = null;
  /** Times that it ended though nobody had asked it to: a fault of ours, whatever was done to its servers. */
  readonly unasked: string[] = [];

  constructor(name: string, parts: ActorParts) {
    this.name = name;
    this.#parts = parts;
    this.#log = createWriteStream(parts.logFile, { flags: 'a' });
  }

  /** Whether it has said anything since its start: then it runs, and listens for signals. */
  get hasSpoken(): boolean {
    return this.#hasSpoken;
  }

  start(): void {
    const { args, env, onLine } = this.#parts;
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#isWanted = true;
    this.#hasSpoken = false;
    this.#healthPort = null;
    const endWithUs = () => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.stderr.on('data', (chunk: Buffer) => this.#log.write(chunk));
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (this.#child !== child) return;
      this.#hasSpoken = true;
      const port = /"port":(\d+),"msg":"health and metrics are served"/.exec(line)?.[1];
      if (port !== undefined) this.#healthPort = Number(port);
    });
    // A line that the kill has torn was not said.
    createInterface({ input: child.stdout }).on('line', (line) => line.endsWith('}') && onLine(line));
    child.once('exit', (code, signal) => {
      process.off('exit', endWithUs);
      if (!this.#isWanted || this.#child !== child) return;
      this.unasked.push(`${this.name} ended by itself (${code ?? signal})`);
      this.start();
    });
  }

  /** Until a worker says of itself that it is ready. @throws Error when it does not in a minute */
  ready(): Promise<void> {
    return eventually(
      async () => {
        if (this.#healthPort === null) throw new Error(`${this.name} serves no health yet`);
        const answer = await fetch(`http://127.0.0.1:${this.#healthPort}/readyz`);
        if (!answer.ok) throw new Error(`${this.name} is not ready: ${await answer.text()}`);
      },
      () => true,
      endsWithinMs,
    );
  }

  /** Ends it and waits for that. @returns how it ended: its exit code, the signal, or that it did not and had to be killed */
  async end(signal: NodeJS.Signals): Promise<number | string> {
    const child = this.#child;
    this.#isWanted = false;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return 'was not running';
    const ended = once(child, 'close');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
    await ended;
    clearTimeout(late);
    if (signal !== 'SIGKILL' && child.signalCode === 'SIGKILL') return `nothing within ${endsWithinMs / 1000} s`;
    return child.exitCode ?? child.signalCode ?? '';
  }
}
