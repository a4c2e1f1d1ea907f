'use strict';
/**
 * Stands in for node-gyp during the bootstrap's `npm ci`: says yes where the package carries a prebuilt binary for this machine.
 * npm runs it in the package's folder.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const targets = [`${process.platform}-${process.arch}`, `linuxmusl-${process.arch}`];
const prebuilt = targets.some((target) => existsSync(join(process.cwd(), 'prebuilds', `${target}.node`)));
if (!prebuilt) {
  console.error(`${process.cwd()} has no binary for ${process.platform} on ${process.arch}; Maskdesk runs on Linux, macOS and Windows on x64 and arm64.`);
  process.exitCode = 1;
}
