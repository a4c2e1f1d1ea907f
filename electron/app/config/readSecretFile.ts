import { readFileSync } from 'node:fs';

/** Secrets are short; a file that is longer is another one. */
const longestBytes = 64 * 1024;

/** What a secret's file holds, without the line's end that editors put there. @throws Error with a sentence */
export const readSecretFile = (path: string): string => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} can not be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`, { cause: error });
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new Error(`${path} is empty`);
  if (text.length > longestBytes) throw new Error(`${path} is too large for a secret`);
  return secret;
};
