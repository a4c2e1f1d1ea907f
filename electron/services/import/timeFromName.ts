const seconds = (text: string): number => Number(text.replace(',', '.'));

type Rule = readonly [pattern: RegExp, seconds: (match: RegExpExecArray) => number];

/** Not within a word or a number: `items12` says nothing of milliseconds. */
const start = '(?:^|[^A-Za-z0-9])';
const end = '(?![A-Za-z0-9])';

const rules: readonly Rule[] = [
  [new RegExp(`${start}ms[=_-]?(\\d+)${end}`, 'i'), (match) => Number(match[1]) / 1000],
  [new RegExp(`${start}(\\d+)ms${end}`, 'i'), (match) => Number(match[1]) / 1000],
  [new RegExp(`${start}t=(\\d+(?:[.,]\\d+)?)s?${end}`, 'i'), (match) => seconds(match[1] as string)],
  [
    /(?:^|\D)(\d{1,2})[-:_.hH](\d{2})[-:_.mM](\d{2}(?:[.,]\d+)?)s?(?!\d)/,
    (match) => Number(match[1]) * 3600 + Number(match[2]) * 60 + seconds(match[3] as string),
  ],
  [new RegExp(`${start}(\\d+(?:[.,]\\d+)?)s(?:ec)?${end}`, 'i'), (match) => seconds(match[1] as string)],
  [/(\d+(?:[.,]\d+)?)\D*$/, (match) => seconds(match[1] as string)],
];

/**
 * The time of a keyframe, read from its file's name without extension; the first rule that fits counts:
 * 1. milliseconds: `clip_ms1234`, `1234ms`
 * 2. `t=4.8`
 * 3. hours, minutes, seconds: `00-04-08.250`, `00:04:08`, `00_04_08,5`, `0h04m08s`
 * 4. seconds with their unit: `frame_12.5s`
 * 5. the last number: `000123` is 123 s, `frame_12.5` is 12.5 s. Plain running numbers count as seconds; where they are not, a mapping
 *    says the time.
 * @returns seconds from the start of the video, or null where the name has no number
 */
export const timeFromName = (stem: string): number | null => {
  for (const [pattern, toSeconds] of rules) {
    const match = pattern.exec(stem);
    if (match === null) continue;
    const value = toSeconds(match);
    if (Number.isFinite(value)) return value;
  }
  return null;
};
