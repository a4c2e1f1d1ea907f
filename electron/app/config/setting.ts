import { z } from 'zod';
import { Secret } from '../../base/secret.ts';
import type { StoreSettings } from '../storeSettings.ts';
import type { Fault } from './fault.ts';

/** What people need to know of a key beside what its schema allows. */
export interface SettingFacts {
  /** A sentence for the table of settings. */
  readonly about: string;
  /** Names that the systems around Maskdesk have for it (contracts); they count after our own `MASKDESK_<SECTION>_<KEY>`. */
  readonly environment?: readonly string[];
  /** Never shown. May also be given as the path of a file: `<key>File`, `<NAME>_FILE`. */
  readonly isSecret?: boolean;
  /** A path: a relative one counts from the folder of the file that names it, from the working folder when the environment does. */
  readonly isPath?: boolean;
  /** What the default is, where the schema has none because it depends on something else. */
  readonly standard?: string;
  /** The same setting of an embedded store's `maskdesk.json`; what is said here wins over it. */
  readonly storeKey?: keyof StoreSettings;
}

export interface Setting<Schema extends z.ZodType = z.ZodType> extends SettingFacts {
  readonly schema: Schema;
}
export type SettingsOf = Readonly<Record<string, Setting>>;
export type ValuesOf<Keys extends SettingsOf> = { readonly [Key in keyof Keys]: z.output<Keys[Key]['schema']> };

/** One table of the file: `[name]`. */
export interface Section<Keys extends SettingsOf = SettingsOf> {
  readonly name: string;
  readonly about: string;
  readonly keys: Keys;
  /** What one key asks of another; called when each by itself is right. Faults name their key, the section is added. */
  check?(values: ValuesOf<Keys>, env: NodeJS.ProcessEnv): readonly Pick<Fault, 'key' | 'message'>[];
}

export const setting = <Schema extends z.ZodType>(schema: Schema, facts: SettingFacts): Setting<Schema> => ({ schema, ...facts });

/** A text that is never shown; undefined where it is not given. */
export const secretSetting = (facts: SettingFacts, schema: z.ZodType<string, string> = z.string().min(1)) =>
  setting(schema.transform((text) => new Secret(text)).optional(), { ...facts, isSecret: true });

type KeysOf<Shape extends Readonly<Record<string, z.ZodType>>> = { readonly [Key in keyof Shape]: Setting<Shape[Key]> };

/** The keys of an object schema that another part of the program owns; each needs its facts, or the compiler says which lacks them. */
export const settingsOfObject = <Shape extends Readonly<Record<string, z.ZodType>>>(schema: z.ZodObject<Shape>, facts: { readonly [Key in keyof Shape]: SettingFacts }): KeysOf<Shape> =>
  Object.fromEntries(Object.entries(schema.shape).map(([key, value]) => [key, setting(value, facts[key as keyof Shape])])) as KeysOf<Shape>;
