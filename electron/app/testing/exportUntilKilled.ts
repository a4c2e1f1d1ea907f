import { createApp } from '../createApp.ts';
import { loadConfig } from '../config.ts';
import type { ExportRequest } from '../../services/export/exportRequest.ts';
import { exportServiceOf } from './exportRig.ts';

/** Exports, noting down each item, and says a line for each, until its parent kills it. Arguments: store, request as JSON. */
const [storeDir, request] = process.argv.slice(2) as [string, string];
const app = await createApp(await loadConfig({ storeDir, reviewer: 'ana', background: false }));
const exports = exportServiceOf({ app, storeDir }, { noteEveryMs: 0 });
for await (const step of exports.run(JSON.parse(request) as ExportRequest)) process.stdout.write(`${step.kind} ${step.kind === 'started' ? step.resumedAt : ''}\n`);
await app.close();
