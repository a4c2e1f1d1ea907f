import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { layers, restrictedPackages } from '../../layers.config.js';

/**
 * ESLint rule: an import must be allowed by layers.config.js. The rule is ours since an allow-list by folder with packages in it is
 * 60 lines, and the kept plugins want a resolver and an element type for each of our folders.
 */
const root = resolve(import.meta.dirname, '../..');
const inside = (path, folder) => path === folder || path.startsWith(`${folder}/`);
const layerOf = (path) =>
  Object.keys(layers)
    .filter((folder) => inside(path, folder))
    .sort((a, b) => b.length - a.length)[0];
const isTest = (path) => /\.(test|contract)\.tsx?$/.test(path) || path.includes('/testing/');
const packageName = (source) => source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/');

/** @returns a sentence when the import is not allowed, else null */
export const layerFault = (file, source) => {
  const layer = layerOf(file);
  if (layer === undefined) return null;
  if (source.startsWith('.')) {
    const target = relative(root, resolve(root, dirname(file), source.replace(/\?.*$/, ''))).replaceAll('\\', '/');
    if (!existsSync(resolve(root, target))) return `'${source}' is not there; imports name files in full, with their ending`;
    if (inside(target, layer) && layerOf(target) === layer) return null;
    if (isTest(file) && (inside(target, 'e2e/services/servers') || inside(target, `${layer}/testing`))) return null;
    return layers[layer].some((folder) => inside(target, folder)) ? null : `${layer} may not import ${target} (layers.config.js)`;
  }
  if (source.startsWith('node:')) return layers[layer].includes('node:') || isTest(file) ? null : `${layer} may not use Node (layers.config.js)`;
  const name = packageName(source);
  const homes = restrictedPackages[name];
  if (homes !== undefined) return homes.some((home) => inside(file, home)) ? null : `${name} is for ${homes.join(', ')} alone (layers.config.js)`;
  if (isTest(file)) return null;
  return layers[layer].includes('npm:*') || layers[layer].includes(`npm:${name}`) ? null : `${layer} may not import packages such as ${name} (layers.config.js)`;
};

export const layersRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(root, context.filename).replaceAll('\\', '/');
    const check = (node) => {
      if (typeof node?.value !== 'string') return;
      const fault = isTest(file) && /vitest|fast-check/.test(node.value) ? null : layerFault(file, node.value);
      if (fault !== null) context.report({ node, message: fault });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};
