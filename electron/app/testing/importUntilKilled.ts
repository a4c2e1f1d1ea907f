import { createApp } from '../createApp.ts';
import { loadConfig } from '../config.ts';

/** Imports a folder and says a line for each picture, until its parent kills it. Arguments: store, folder. */
const [storeDir, folder] = process.argv.slice(2) as [string, string];
const app = await createApp(await loadConfig({ storeDir, create: true, reviewer: 'ana', background: false }));
for await (const progress of app.services.imports.run({ folder, kind: 'products' })) process.stdout.write(`${progress.kind}\n`);
await app.close();
