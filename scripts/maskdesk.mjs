#!/usr/bin/env node
/** The command line: sets up what is missing (progress on stderr), then runs the core's own program on npm's Node 24. */
import { buildStep, packages } from './bootstrap/steps.mjs';
import { callerFolder } from './bootstrap/callerFolder.mjs';
import { inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { bootstrap } from './bootstrap.mjs';

await runCommand(async () => {
  await bootstrap([packages, buildStep]);
  process.exitCode = await handOver(appNode, ['--enable-source-maps', inRoot('dist', 'electron', 'cli.js'), ...process.argv.slice(2)], { cwd: callerFolder() });
});
