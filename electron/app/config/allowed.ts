import { z } from 'zod';

/** What zod's JSON Schema says of one value; `anyOf` of a union. */
interface Described {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly description?: string;
  readonly format?: string;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
  readonly default?: unknown;
}

const describe = (schema: z.ZodType): Described => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described;

/** Zod writes the largest whole number it can tell from its neighbours where somebody meant no bound. */
const bound = (value: number | undefined): number | undefined => (value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value);

const rangeOf = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Described): string => {
  const from = bound(minimum);
  const above = bound(exclusiveMinimum);
  const to = bound(maximum);
  const below = bound(exclusiveMaximum);
  const parts = [from !== undefined ? `from ${from}` : above !== undefined ? `above ${above}` : '', to !== undefined ? `to ${to}` : below !== undefined ? `below ${below}` : ''];
  return parts.filter((part) => part !== '').map((part) => ` ${part}`).join('');
};

const wordsOf = (described: Described): string => {
  if (described.description !== undefined) return described.description;
  if (described.enum !== undefined) return described.enum.map(String).join(' | ');
  if (described.const !== undefined) return JSON.stringify(described.const);
  if (described.anyOf !== undefined) return described.anyOf.map(wordsOf).join(', or ');
  switch (described.type) {
    case 'boolean':
      return 'true | false';
    case 'integer':
      return `a whole number${rangeOf(described)}`;
    case 'number':
      return `a number${rangeOf(described)}`;
    case 'array':
      return `a list of ${described.items === undefined ? 'values' : wordsOf(described.items)}`;
    case 'object':
      return 'a table';
    default:
      return 'text';
  }
};

/** What may be written there, in words: from the schema, or its description where that says it better. */
export const allowedWords = (schema: z.ZodType): string => wordsOf(describe(schema));

/** What holds when nothing is written; undefined where there is nothing, or it depends. */
export const defaultOf = (schema: z.ZodType): unknown => {
  const parsed = schema.safeParse(undefined);
  return parsed.success ? parsed.data : undefined;
};
