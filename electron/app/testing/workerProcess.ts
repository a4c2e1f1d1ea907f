import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export type LogLine = Readonly<Record<string, unknown>>;

/** `maskdesk worker` as a program of its own; what it logs is read as it comes. */
export class WorkerProcess {
  readonly child: ChildProcess;
  readonly lines: LogLine[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #ended: Promise<number | null>;
  #isOver = false;
  /** What it said that is no JSON: a sentence for people at its end. */
  said = '';
  answers = '';

  constructor(args: readonly string[], env: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [entry, 'worker', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.answers += text));
    const { stderr } = this.child;
    if (stderr !== null) createInterface({ input: stderr }).on('line', (line) => this.#read(line));
    this.#ended = once(this.child, 'close').then(([code]) => {
      this.#isOver = true;
      this.#tell();
      return code as number | null;
    });
  }

  /** Resolves with the first line, from now or before, that fits. @throws Error with everything that it said when it ends before */
  async line(fits: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.lines.find(fits);
      if (found !== undefined) return found;
      if (this.#isOver) throw new Error(`The worker ended without it:\n${this.lines.map((line) => JSON.stringify(line)).join('\n')}\n${this.said}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  message(text: string): Promise<LogLine> {
    return this.line(({ msg }) => msg === text);
  }

  count(text: string): number {
    return this.lines.filter(({ msg }) => msg === text).length;
  }

  /** @returns its exit code; null where a signal ended it */
  async ended(): Promise<number | null> {
    return this.#ended;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.#ended;
  }

  #read(line: string): void {
    if (line.startsWith('{')) this.lines.push(JSON.parse(line) as LogLine);
    else this.said += `${line}\n`;
    this.#tell();
  }

  #tell(): void {
    for (const resolve of [...this.#waiting]) resolve();
    this.#waiting.clear();
  }
}
