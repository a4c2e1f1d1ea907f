import { inRoot } from '../bootstrap/folders.mjs';

/** How the checkers are called, the same from `npm run lint` and `npm test`; each runs on npm's Node 24. */
// No cache: rules that know types judge a file by other files too.
export const eslintArguments = [inRoot('node_modules', 'eslint', 'bin', 'eslint.js'), '.'];
export const typesArguments = [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--pretty', 'false', '-p', '.'];
