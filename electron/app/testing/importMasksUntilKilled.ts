import { openStore } from './maskImports.ts';

/** Takes masks in and says a line at each step, until its parent kills it. Arguments: store, source. */
const [storeDir, source] = process.argv.slice(2) as [string, string];
const app = await openStore(storeDir);
for await (const step of app.services.maskImports.inspect({ source, format: 'auto' })) {
  if (step.kind !== 'preview') continue;
  for await (const { kind } of app.services.maskImports.apply(step.preview.inspectionId, { unknown: 'add' })) process.stdout.write(`${kind}\n`);
}
await app.close();
