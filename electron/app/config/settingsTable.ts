import { allowedWords, defaultOf } from './allowed.ts';
import { environmentNames } from './environment.ts';
import { keyName } from './layer.ts';
import type { SectionsRead } from './resolveSections.ts';
import { sectionNames, sections } from './sections/index.ts';
import type { SettingsOf } from './setting.ts';

/** A key of maskdesk.toml with what is to be known of it. */
export interface SettingRow {
  readonly section: string;
  readonly key: string;
  readonly environment: readonly string[];
  readonly isSecret: boolean;
  /** In words. */
  readonly allowed: string;
  /** In words; empty: nothing. */
  readonly standard: string;
  readonly about: string;
}

const written = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Every key there is, in the order of the sections. */
export const settingRows = (): readonly SettingRow[] =>
  sectionNames.flatMap((section) =>
    Object.entries(sections[section].keys as SettingsOf).map(([key, facts]) => ({
      section,
      key,
      environment: environmentNames(section, key, facts),
      isSecret: facts.isSecret === true,
      allowed: allowedWords(facts.schema),
      standard: facts.standard ?? written(defaultOf(facts.schema)),
      about: facts.about,
    })),
  );

export interface SettingInUse {
  readonly section: string;
  readonly key: string;
  /** As it may be shown: a secret is masked. Empty: nothing is set. */
  readonly shown: string;
  /** The file or the variable that it comes from; null: it is the default. */
  readonly origin: string | null;
}

/** What counts now, key by key. */
export const settingsInUse = ({ values, origins }: SectionsRead): readonly SettingInUse[] =>
  sectionNames.flatMap((section) =>
    Object.entries(values[section] as Readonly<Record<string, unknown>>).map(([key, value]) => ({
      section,
      key,
      // A Secret's JSON is its mask.
      shown: value === undefined ? '' : (JSON.stringify(value) ?? ''),
      origin: origins.get(keyName(section, key)) ?? null,
    })),
  );

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The table of docs/operations.md. */
export const settingsMarkdown = (): string => {
  const rows = settingRows();
  return sectionNames
    .map((section) => {
      const lines = rows
        .filter((row) => row.section === section)
        .map(({ key, environment, isSecret, allowed, standard, about }) => {
          const shared = environment.slice(1);
          const names = shared.length === 0 ? '' : ` Also \`${shared.join('`, `')}\`.`;
          return `| \`${key}\` | ${cell(allowed)}${isSecret ? ' (secret)' : ''} | ${cell(standard)} | ${cell(about)}${names} |`;
        });
      return [`### \`[${section}]\``, '', cell(sections[section].about), '', '| key | allowed | default | what it is |', '| --- | --- | --- | --- |', ...lines].join('\n');
    })
    .join('\n\n');
};
