/** Writes shared/contracts/events/schemas/*.json from the zod schemas(run by the Node in node_modules/.bin). A test compares them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { emitAll } from '../shared/contracts/events/emit.ts';

const folder = new URL('../shared/contracts/events/schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of emitAll()) writeFileSync(new URL(name, folder), text);
