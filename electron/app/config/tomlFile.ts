import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import type { Fault } from './fault.ts';
import { absolute, keyName, type Layer, type Written } from './layer.ts';
import { nearestName } from './nearestName.ts';
import { readSecretFile } from './readSecretFile.ts';
import { sectionNames, sections } from './sections/index.ts';
import type { SettingsOf } from './setting.ts';

export const configFile = 'maskdesk.toml';

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
const meant = (name: string, known: readonly string[]): string => {
  const near = nearestName(name, known);
  return near === null ? `known are ${known.join(', ')}` : `${near} was meant?`;
};
const secretFileKey = (key: string): string => `${key}File`;

/** What a file says, table by table; its values are looked at later, with those of the environment. */
export const layerOfTables = (tables: Readonly<Record<string, unknown>>, where: string, folder: string): Layer => {
  const written = new Map<string, Written>();
  const faults: Fault[] = [];
  for (const [name, table] of Object.entries(tables)) {
    const section = sectionNames.find((known) => known === name);
    if (section === undefined) faults.push({ section: name, key: '', where, message: `there is no such table; ${meant(name, sectionNames)}` });
    else if (!isTable(table)) faults.push({ section: name, key: '', where, message: `it is a table: [${name}], and its keys on the lines below` });
    else for (const [key, value] of Object.entries(table)) takeKey(section, key, value);
  }

  function takeKey(section: (typeof sectionNames)[number], key: string, value: unknown): void {
    const keys: SettingsOf = sections[section].keys;
    if (Object.hasOwn(keys, key)) {
      written.set(keyName(section, key), { value, where, folder });
      return;
    }
    const secret = Object.entries(keys).find(([known, facts]) => facts.isSecret === true && secretFileKey(known) === key)?.[0];
    if (secret === undefined) {
      faults.push({ section, key, where, message: `there is no such key; ${meant(key, Object.keys(keys))}` });
    } else if (Object.hasOwn(tables[section] as object, secret)) {
      faults.push({ section, key, where, message: `${secret} is there as well; leave out one of them` });
    } else if (typeof value !== 'string') {
      faults.push({ section, key, where, message: 'it is the path of a file' });
    } else {
      try {
        written.set(keyName(section, secret), { value: readSecretFile(absolute(folder, value)), where: `${where}, ${key}`, folder });
      } catch (error) {
        faults.push({ section, key, where, message: (error as Error).message });
      }
    }
  }
  return { written, faults };
};

/** A `maskdesk.toml`; one that can't be read or parsed is a fault. Null: there is none. */
export const readTomlFile = async (path: string): Promise<Layer | null> => {
  const faulty = (message: string): Layer => ({ written: new Map(), faults: [{ section: '', key: '', where: path, message }] });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : faulty(`it can not be read: ${message}`);
  }
  try {
    return layerOfTables(parse(text.replace(/^\uFEFF/, '')), path, dirname(path));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The rest of its message shows the line, which may hold a password.
    return faulty(`it is not TOML: ${error.message.split('\n', 1)[0] ?? ''} (line ${error.line}, column ${error.column})`);
  }
};
