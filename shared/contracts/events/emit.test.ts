import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emitAll } from './emit.ts';
import { outgoingSchemas } from './index.ts';

const folder = new URL('./schemas/', import.meta.url);

test('the committed schema files are what the code emits', () => {
  const emitted = emitAll();
  expect(readdirSync(folder).sort()).toEqual(emitted.map(([name]) => name).sort());
  for (const [name, text] of emitted) expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text);
});

test('a masked event needs a version 4 uuid and keeps fields it does not know', () => {
  const event = { event_id: '3b241101-e2bb-4255-8caf-4136c566a962', job_id: 'j', image_id: 'a/b', mask_path: 'data/masks/products/a.png', extra: 1 };
  const schema = outgoingSchemas['products.image.masked'];
  expect(schema.parse(event)).toEqual(event);
  expect(schema.safeParse({ ...event, event_id: '3b241101-e2bb-1255-8caf-4136c566a962' }).success).toBe(false);
  expect(schema.safeParse({ ...event, mask_path: undefined }).success).toBe(false);
});
