/** Numbers with more digits than a double is sure to keep are kept as they are written. */
const surelyKeptDigits = 15;
const smallestNormal = 2 ** -1022;

/** ECMA-262 (2026), JSON.rawJSON and the reviver's `context`; TypeScript has no types for them yet. */
type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;
const { rawJSON } = JSON as unknown as { readonly rawJSON?: (text: string) => object };

const isKept = (value: number, source: string): boolean => {
  if (String(value) === source) return true;
  const digits = (source.toLowerCase().split('e')[0] ?? '').replaceAll(/[-.]/g, '').replace(/^0+/, '');
  return digits === '' || (Number.isFinite(value) && Math.abs(value) >= smallestNormal && digits.length <= surelyKeptDigits);
};

/**
 * JSON of others that is passed on: as JSON.parse, but numbers that a double would change (20-digit ids, 1e400) become raw values, which
 * JSON.stringify writes as they were and which are good for nothing else. Where the runtime knows no raw values they are numbers.
 * @throws SyntaxError, RangeError where it is nested thousands of levels deep
 */
export const parseExactJson = (text: string): unknown => {
  if (rawJSON === undefined) return JSON.parse(text);
  const exact: Reviver = (_key, value, context) => (typeof value !== 'number' || context?.source === undefined || isKept(value, context.source) ? value : rawJSON(context.source));
  return JSON.parse(text, exact);
};
