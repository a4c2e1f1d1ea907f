import { z } from 'zod';

/** The schema without defaults, options and transformations around it. */
const bare = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return bare(schema.def.innerType);
  return schema instanceof z.ZodPipe ? bare(schema.def.in) : schema;
};

/**
 * What a variable's text stands for by the schema that it is for: numbers, true and false, lists with commas, tables as JSON. What can't be
 * read is left as text, which the schema then refuses.
 */
export const valueOfText = (schema: z.core.$ZodType, text: string): unknown => {
  const wanted = bare(schema);
  const trimmed = text.trim();
  if (wanted instanceof z.ZodNumber) return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
  if (wanted instanceof z.ZodBoolean) return /^(true|1|yes|on)$/i.test(trimmed) ? true : /^(false|0|no|off)$/i.test(trimmed) ? false : text;
  if (wanted instanceof z.ZodArray) {
    const { element } = wanted.def;
    return trimmed.startsWith('[') ? parsed(trimmed) : trimmed.split(',').map((part) => valueOfText(element, part.trim()));
  }
  if (wanted instanceof z.ZodObject || wanted instanceof z.ZodRecord) return parsed(trimmed);
  return text;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
