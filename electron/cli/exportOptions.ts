import { fileNamings, type CategoryChoice, type FileNaming } from '../../shared/contracts/rpc/exports.ts';
import { exportFormatIds, type ExportFormatId } from '../../shared/domain/formatIds.ts';
import { completeOptions, hasEffect, optionValueOf, type FormatOption, type OptionValue, type OptionValues } from '../../shared/domain/formatOptions.ts';
import { splitNames, type SplitChoice } from '../../shared/domain/maskSet.ts';
import { isS3Url, targetPlaceOf, type TargetPlace } from '../../shared/domain/targetPlace.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

const usage = (message: string): ExpectedError => new ExpectedError('usage', message);

/** @throws ExpectedError usage */
export const parseFormat = (text: string | undefined): ExportFormatId => {
  if (exportFormatIds.includes(text as ExportFormatId)) return text as ExportFormatId;
  throw usage(`--format is one of ${exportFormatIds.join(', ')}${text === undefined ? '' : `; not '${text}'`}.`);
};

const parseSeed = (text: string | undefined): number => {
  const seed = Number(text ?? 1);
  if (!Number.isSafeInteger(seed) || seed < 0 || text === '') throw usage(`--seed is a whole number from 0, not '${text}'.`);
  return seed;
};

/** `80/10/10`: train, val, test, in any unit that they share. `80/20` leaves test out. @throws ExpectedError usage */
export const parseSplit = (text: string | undefined, seedText: string | undefined): SplitChoice | null => {
  if (text === undefined) {
    if (seedText !== undefined) throw usage('--seed is for --split.');
    return null;
  }
  const parts = text.split('/').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [train = NaN, val = NaN, test = 0] = parts;
  const sum = train + val + test;
  if (parts.length > 3 || ![train, val, test].every((part) => part >= 0) || !(sum > 0 && sum < Infinity)) throw usage(`--split is like 80/10/10 (train, val, test), not '${text}'.`);
  return { shares: { train: train / sum, val: val / sum, test: test / sum }, seed: parseSeed(seedText) };
};

/** @throws ExpectedError usage */
export const parseCategories = (name: string | undefined, byProduct: boolean): CategoryChoice => {
  if (byProduct && name !== undefined) throw usage('Take --category or --by-product, not both.');
  if (name?.trim() === '') throw usage('--category needs a name.');
  return byProduct ? { kind: 'product' } : { kind: 'one', name: name?.trim() ?? 'product' };
};

/** @throws ExpectedError usage */
export const parseNames = (text = 'ids'): FileNaming => {
  const naming = fileNamings.find((one) => one === text);
  if (naming === undefined) throw usage(`--names is ${fileNamings.join(' or ')}, not '${text}'.`);
  return naming;
};

/** How shares that don't sum to 100 are understood, for people; null where they say it themselves. */
export const splitWords = (text: string | undefined, split: SplitChoice | null): string | null => {
  if (split === null || text === undefined || text.split('/').reduce((sum, part) => sum + Number(part), 0) === 100) return null;
  const shares = splitNames.filter((name) => split.shares[name] > 0).map((name) => `${name} ${(100 * split.shares[name]).toFixed(1)} %`);
  return `--split ${text} does not sum to 100: taken as ${shares.join(', ')}.`;
};

/** `name=value` each. @throws ExpectedError usage */
export const parseOptions = (texts: readonly string[], options: readonly FormatOption[]): OptionValues => {
  const given: Record<string, OptionValue> = {};
  for (const text of texts) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) throw usage(`--option is name=value, not '${text}'.`);
    given[name] = optionValueOf(
      options.find((option) => option.name === name),
      value,
    );
  }
  const { values, faults } = completeOptions(options, given);
  if (faults.length > 0) throw usage(faults.map(({ message }) => message).join(' '));
  // Better said than taken in silence: whoever gives it means to change something.
  const idle = options.find((option) => Object.hasOwn(given, option.name) && !hasEffect(option, values));
  if (idle?.when !== undefined) throw usage(`--option ${idle.name} has no effect here: it is for ${idle.when.name}=${String(idle.when.value)}. Add --option ${idle.when.name}=${String(idle.when.value)}, or leave it out.`);
  return given;
};

/** Archives that are not written: a folder of such a name is hardly ever what is meant. */
const otherArchive = /\.(?:tar|tgz|tbz2?|txz|tar\.[a-z0-9]+|gz|bz2|xz|zst|7z|rar)$/i;

/** @param pathFrom makes a path absolute. @throws ExpectedError usage */
export const parseTarget = (text: string | undefined, pathFrom: (path: string) => string): TargetPlace => {
  if (text === undefined || text === '') throw usage('--out names a folder, a file that ends in .zip, or s3://bucket/prefix.');
  if (!isS3Url(text) && otherArchive.test(text)) throw usage(`--out is a folder, a file that ends in .zip, or s3://bucket/prefix: '${text}' would be a folder with the name of an archive. Name it .zip, or end it with / if it is to be a folder.`);
  return targetPlaceOf(isS3Url(text) ? text : pathFrom(text));
};
