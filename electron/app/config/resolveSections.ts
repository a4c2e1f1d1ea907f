import { secretMask } from '../../base/secret.ts';
import { allowedWords } from './allowed.ts';
import { environmentNames } from './environment.ts';
import type { Fault } from './fault.ts';
import { absolute, keyName, type Layer } from './layer.ts';
import { sectionNames, sections, type SectionName, type SectionValues } from './sections/index.ts';
import type { Section, Setting } from './setting.ts';

export interface SectionsRead {
  readonly values: SectionValues;
  /** `section.key` to the file or the variable that holds it; a key that is not here has its default. */
  readonly origins: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

const shown = (value: unknown, { isSecret }: Setting): string => {
  if (isSecret === true) return secretMask;
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

/**
 * Puts the layers together, the first wins key by key, and looks at every value. All faults are told; what is faulty has its default.
 * @param layers the strongest first
 */
export const resolveSections = (layers: readonly Layer[], env: NodeJS.ProcessEnv): SectionsRead => {
  const faults = layers.flatMap((layer) => layer.faults);
  const origins = new Map<string, string>();
  const valuesOf = (name: SectionName): Record<string, unknown> => {
    const { keys, ...wider } = sections[name] as Section;
    let isSound = true;
    const values = Object.entries(keys).map(([key, facts]): [string, unknown] => {
      const written = layers.map((layer) => layer.written.get(keyName(name, key))).find((found) => found !== undefined);
      const standard = (): unknown => facts.schema.parse(undefined);
      if (written === undefined) return [key, standard()];
      const parsed = facts.schema.safeParse(written.value);
      if (!parsed.success) {
        isSound = false;
        const [, ...shared] = environmentNames(name, key, facts);
        const also = shared.length === 0 || shared.includes(written.where) ? '' : ` (also ${shared.join(', ')})`;
        faults.push({ section: name, key, where: written.where, message: `${shown(written.value, facts)} found; allowed is ${allowedWords(facts.schema)}${also}` });
        return [key, standard()];
      }
      origins.set(keyName(name, key), written.where);
      return [key, facts.isPath === true && typeof parsed.data === 'string' ? absolute(written.folder, parsed.data) : parsed.data];
    });
    const section = Object.fromEntries(values);
    // What one key asks of another can only be said of values that are right.
    if (isSound) {
      for (const { key, message } of wider.check?.(section, env) ?? []) faults.push({ section: name, key, where: origins.get(keyName(name, key)) ?? null, message });
    }
    return section;
  };
  return { values: Object.fromEntries(sectionNames.map((name) => [name, valuesOf(name)])) as unknown as SectionValues, origins, faults };
};
