import { z } from 'zod';
import { schemaFiles } from './index.ts';

/** The text of a schema file, as it is committed: JSON Schema 2020-12, two spaces, a newline at the end. */
export const schemaText = (name: keyof typeof schemaFiles): string =>
  `${JSON.stringify({ title: name.replace('.json', ''), ...z.toJSONSchema(schemaFiles[name], { target: 'draft-2020-12' }) }, null, 2)}\n`;

/** Every schema file, name and text. */
export const emitAll = (): readonly (readonly [string, string])[] =>
  (Object.keys(schemaFiles) as (keyof typeof schemaFiles)[]).map((name) => [name, schemaText(name)] as const);
