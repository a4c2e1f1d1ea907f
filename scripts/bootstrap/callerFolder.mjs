import { rootFolder } from './folders.mjs';

/**
 * The folder that a person's relative paths mean. `npm run` moves to the package's root and keeps where it was called in INIT_CWD;
 * started straight (`maskdesk`, `node scripts/maskdesk.mjs`) it is the working folder.
 */
export const callerFolder = (env = process.env, workingFolder = process.cwd()) =>
  env.npm_lifecycle_event !== undefined && env.INIT_CWD && workingFolder === rootFolder ? env.INIT_CWD : workingFolder;
