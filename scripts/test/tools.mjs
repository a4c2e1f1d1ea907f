import { inRoot } from '../bootstrap/folders.mjs';

/** How the checkers are called, the same from `npm run lint` and `npm test`; each runs on npm's Node 24. */
export const eslintArguments = [
  inRoot('node_modules', 'eslint', 'bin', 'eslint.js'),
  '--cache',
  '--cache-strategy=content',
  `--cache-location=${inRoot('.bootstrap', 'eslint.json')}`,
  '.',
];
export const typesArguments = [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--pretty', 'false', '-p', '.'];
