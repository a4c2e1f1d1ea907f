/** One try at breaking an importer: which of everything is changed, how, where in it, and by how much. Smaller is tamer. */
export interface Pick {
  readonly file: number;
  /** As JSON, as text, as bytes. */
  readonly means: number;
  readonly way: number;
  /** 0..1: the place in the file. */
  readonly place: number;
  readonly amount: number;
}

export const pickOf = <T>(choices: readonly T[], number: number): T => choices[number % choices.length] as T;

/** Where a share of `length` lies: 0 .. length - 1. */
export const placeIn = (length: number, share: number): number => Math.min(Math.max(0, length - 1), Math.floor(share * length));

/** As text, since not all of them are JSON. */
export const hostileNumbers = ['1000000000', '-1', '0', '0.5', '4294967296', '9007199254740993', '-2147483649', '1e308', '1e999', 'NaN', '-', '"12"', '0x10', 'null', '65535'] as const;

export const hostileNames = [
  '../../etc/passwd',
  '/etc/passwd',
  'C:\\Windows\\win.ini',
  '..\\..\\secret.png',
  '\\\\server\\share\\a.png',
  'a\0.png',
  'CON',
  'nul.png',
  'file:///etc/passwd',
  'http://127.0.0.1:1/a.png',
  '',
  '.',
  'a/../../b.png',
  '%2e%2e%2fa.png',
  '\u202egnp.a',
  `${'x'.repeat(5000)}.png`,
  '__proto__',
  'constructor',
  '\ud800',
] as const;
