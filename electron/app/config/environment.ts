import type { Fault } from './fault.ts';
import { valueOfText } from './fromText.ts';
import { absolute, keyName, type Layer, type Written } from './layer.ts';
import { nearestName } from './nearestName.ts';
import { readSecretFile } from './readSecretFile.ts';
import { sectionNames, sections } from './sections/index.ts';
import type { Setting, SettingsOf } from './setting.ts';

/** `assetDeadlineSeconds` of `[worker]` is MASKDESK_WORKER_ASSET_DEADLINE_SECONDS. */
export const environmentName = (section: string, key: string): string => `MASKDESK_${section}_${key.replaceAll(/[A-Z]/g, '_$&')}`.toUpperCase();

/** Every name that a key has in the environment, the one that counts first. */
export const environmentNames = (section: string, key: string, { environment = [] }: Setting): readonly string[] => [environmentName(section, key), ...environment];

const fileName = (name: string): string => `${name}_FILE`;
const ownPrefixes = sectionNames.map((section) => environmentName(section, ''));

interface EnvironmentOptions {
  readonly workingFolder: string;
  /** False: names that other systems share (POSTGRES_DSN ...) say nothing here, since somebody has named a store that is not theirs. */
  readonly takesSharedNames: boolean;
}

/**
 * What the environment says. Variables that are set to nothing are not set: shells and service files do that where they mean not to set them. A
 * secret may be in a file that `<NAME>_FILE` names, as Docker and Kubernetes hand them over.
 */
export const environmentLayer = (env: NodeJS.ProcessEnv, { workingFolder, takesSharedNames }: EnvironmentOptions): Layer => {
  const written = new Map<string, Written>();
  const faults: Fault[] = [];
  const known = new Set<string>();

  const take = (section: string, key: string, facts: Setting): void => {
    const names = environmentNames(section, key, facts);
    for (const name of names) known.add(name);
    if (facts.isSecret === true) for (const name of names) known.add(fileName(name));
    for (const name of takesSharedNames ? names : names.slice(0, 1)) {
      const found = textOf(name, facts);
      if (found === null) continue;
      if ('message' in found) faults.push({ section, key, where: found.where, message: found.message });
      else written.set(keyName(section, key), { value: valueOfText(facts.schema, found.text), where: found.where, folder: workingFolder });
      return;
    }
  };
  const textOf = (name: string, { isSecret }: Setting): { where: string; text: string } | { where: string; message: string } | null => {
    const text = env[name] || undefined;
    const file = isSecret === true ? env[fileName(name)] || undefined : undefined;
    if (file === undefined) return text === undefined ? null : { where: name, text };
    if (text !== undefined) return { where: name, message: `it is set, and ${fileName(name)} too; leave out one of them` };
    try {
      return { where: fileName(name), text: readSecretFile(absolute(workingFolder, file)) };
    } catch (error) {
      return { where: fileName(name), message: (error as Error).message };
    }
  };

  for (const section of sectionNames) for (const [key, facts] of Object.entries(sections[section].keys as SettingsOf)) take(section, key, facts);

  for (const name of Object.keys(env)) {
    if (known.has(name) || !ownPrefixes.some((prefix) => name.startsWith(prefix)) || !env[name]) continue;
    const near = nearestName(name, [...known].filter((candidate) => candidate.startsWith('MASKDESK_')));
    faults.push({ section: '', key: '', where: name, message: `there is no such setting${near === null ? '' : `; ${near} was meant?`}` });
  }
  return { written, faults };
};
