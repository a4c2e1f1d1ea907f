import { isCancelled, isExpected } from '../../shared/errors/errors.ts';
import { newCauses } from './newCauses.ts';

/** Where a command's answers go: one JSON object a line with `--json`, else text. Progress and errors go to stderr in both. */
export interface Output {
  readonly json: boolean;
  /** An answer. @param text the same for people; empty to leave it out of the text form */
  answer(record: Readonly<Record<string, unknown>>, text: string): void;
  /** A line that tells how far the work is; on a terminal it replaces the one before. */
  progress(text: string): void;
  /** A line on stderr that stays. */
  readonly note: (text: string) => void;
  /**
   * @param about what the error is about, for instance its asset_id: goes into the same record
   * @returns the exit code
   */
  failure(error: unknown, about?: Readonly<Record<string, unknown>>): number;
  flush(): Promise<void>;
}

export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

const withoutUndefined = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const createOutput = (json: boolean, stdout: NodeJS.WriteStream = process.stdout, stderr: NodeJS.WriteStream = process.stderr): Output => {
  let openProgress = false;
  // A reader that went away (`| head`) ends the program quietly, as other tools do.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.failed));

  const endProgress = (): void => {
    if (openProgress) stderr.write('\r\u001b[K');
    openProgress = false;
  };
  const note = (text: string): void => {
    endProgress();
    stderr.write(`${text}\n`);
  };

  return {
    json,
    note,
    answer: (record, text) => {
      endProgress();
      if (json) stdout.write(`${JSON.stringify(withoutUndefined(record))}\n`);
      else if (text !== '') stdout.write(`${text}\n`);
    },
    progress: (text) => {
      if (stderr.isTTY) {
        stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns || 80) - 1)}`);
        openProgress = true;
      } else if (!json) {
        stderr.write(`${text}\n`);
      }
    },
    failure: (error, about = {}) => {
      endProgress();
      if (isCancelled(error)) {
        note('Stopped.');
        return exitCodes.interrupted;
      }
      const code = isExpected(error) ? error.code : 'bug';
      if (json) stdout.write(`${JSON.stringify({ ...about, error: { code, message: sentence(error) } })}\n`);
      note(isExpected(error) ? sentence(error) : `This is a fault in Maskdesk, not yours: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (isExpected(error)) for (const cause of newCauses(error)) note(`  because: ${cause}`);
      return code === 'usage' ? exitCodes.usage : exitCodes.failed;
    },
    flush: () =>
      new Promise((resolve) => {
        endProgress();
        stdout.write('', () => resolve());
      }),
  };
};
