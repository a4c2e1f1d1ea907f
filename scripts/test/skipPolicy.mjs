/**
 * What may be skipped where CI=true: only what needs other hardware, another system or the release host, each by its full name.
 * Elsewhere a skip is printed with its reason and nothing more.
 */
export const allowedSkips = [
  { name: 'e2e on the official Electron', needs: 'the release host' },
  { name: 'package smoke on the official Electron', needs: 'the release host' },
];

/**
 * @param {readonly {name: string, reason: string}[]} skipped @param {{ci: boolean, allowed?: readonly {name: string}[]}} options
 * @returns {{kept: typeof skipped, refused: typeof skipped}} refused ones count as failed
 */
export const judgeSkips = (skipped, { ci, allowed = allowedSkips }) => {
  const names = new Set(allowed.map((entry) => entry.name));
  const refused = ci ? skipped.filter((entry) => !names.has(entry.name)) : [];
  return { kept: skipped.filter((entry) => !refused.includes(entry)), refused };
};
