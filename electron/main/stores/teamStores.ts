import { chmod, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { teamFormSchema, type SecretPlace, type TeamForm, type TeamFormSaved } from '../../../shared/contracts/host/teamStores.ts';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import type { SecretKeeper } from './secretKeeper.ts';
import { storeIdOf } from './storeFolder.ts';
import { tablesOfForm, withoutSecrets, type Tables, type TeamSecrets } from './teamTables.ts';

const entrySchema = z.object({
  /** What this machine keeps of the store; names it in lists and locks. */
  storeDir: z.string().min(1),
  form: teamFormSchema,
  /** Encrypted, as {@link SecretKeeper} does it; null: not kept. */
  secrets: z.string().nullable(),
});
type Entry = z.infer<typeof entrySchema>;
const secretsSchema = z.object({ password: z.string(), accessKey: z.string(), secretKey: z.string() });
const noSecrets: TeamSecrets = { password: '', accessKey: '', secretKey: '' };

export const emptyTeamForm = (keep: SecretPlace): TeamForm => ({
  storeId: null,
  name: '',
  host: '',
  port: '5432',
  database: '',
  user: '',
  password: '',
  tls: 'disable',
  files: 's3',
  folder: '',
  endpoint: '',
  bucket: '',
  prefix: '',
  accessKey: '',
  secretKey: '',
  pathPrefix: '',
  keep,
});

/** Connections to teams' stores that this person has made. Secrets are encrypted in the file, or in memory alone; nobody but the core is given them. */
export class TeamStores {
  readonly #file: string;
  readonly #keeper: () => SecretKeeper;
  /** By storeDir: those of this session. */
  readonly #inMemory = new Map<string, TeamSecrets>();

  /** @param keeper asked for when it is needed: the keychain is there once the app is ready */
  constructor(file: string, keeper: () => SecretKeeper) {
    this.#file = file;
    this.#keeper = keeper;
  }

  /** The form for the page: of a remembered connection, or an empty one. */
  async formOf(storeId: string | null): Promise<TeamFormSaved> {
    const hasKeychain = this.#keeper().hasKeychain();
    const entry = storeId === null ? undefined : await this.#entryOf(storeId);
    if (entry === undefined) return { form: emptyTeamForm(hasKeychain ? 'keychain' : 'session'), hasPassword: false, hasSecretKey: false, hasKeychain };
    const secrets = this.#secretsOf(entry);
    return { form: { ...entry.form, storeId }, hasPassword: secrets.password !== '', hasSecretKey: secrets.secretKey !== '', hasKeychain };
  }

  /** As the core takes it; secrets that were left empty are those that are kept. */
  async tablesOf(form: TeamForm): Promise<Tables> {
    return tablesOfForm(form, await this.#completed(form));
  }

  /** Of a connection that is remembered. locked: its secrets are not kept, or can't be read. Null: there is none. */
  async rememberedTables(storeDir: string): Promise<Tables | 'locked' | null> {
    const entry = (await this.#read()).find((known) => known.storeDir === storeDir);
    if (entry === undefined) return null;
    const secrets = this.#secretsOf(entry);
    // A connection may well have none: then none were taken away either.
    return entry.secrets === null && !this.#inMemory.has(storeDir) ? 'locked' : entry.secrets !== null && secrets === noSecrets ? 'locked' : tablesOfForm(entry.form, secrets);
  }

  /** Null for a store that is no team's. */
  async nameOf(storeDir: string): Promise<{ readonly name: string; readonly place: string } | null> {
    const entry = (await this.#read()).find((known) => known.storeDir === storeDir);
    if (entry === undefined) return null;
    const { name, host, port, database } = entry.form;
    return { name: name === '' ? database : name, place: `${host}${port === '' || port === '5432' ? '' : `:${port}`}/${database}` };
  }

  async remember(storeDir: string, form: TeamForm): Promise<void> {
    const secrets = await this.#completed(form);
    this.#inMemory.set(storeDir, secrets);
    const encrypted = form.keep === 'session' ? null : this.#keeper().encrypt(JSON.stringify(secrets), form.keep === 'plain');
    const others = (await this.#read()).filter((known) => known.storeDir !== storeDir && storeIdOf(known.storeDir) !== form.storeId);
    await this.#write([{ storeDir, form: { ...withoutSecrets(form), storeId: null }, secrets: encrypted }, ...others]);
  }

  async forget(storeId: string): Promise<void> {
    const entries = await this.#read();
    const left = entries.filter(({ storeDir }) => storeIdOf(storeDir) !== storeId);
    if (left.length < entries.length) await this.#write(left);
    for (const storeDir of [...this.#inMemory.keys()]) if (storeIdOf(storeDir) === storeId) this.#inMemory.delete(storeDir);
  }

  async #completed(form: TeamForm): Promise<TeamSecrets> {
    const entry = form.storeId === null ? undefined : await this.#entryOf(form.storeId);
    const kept = entry === undefined ? noSecrets : this.#secretsOf(entry);
    const { password, accessKey, secretKey } = form;
    return { password: password || kept.password, accessKey: accessKey || kept.accessKey, secretKey: secretKey || kept.secretKey };
  }

  async #entryOf(storeId: string): Promise<Entry | undefined> {
    return (await this.#read()).find(({ storeDir }) => storeIdOf(storeDir) === storeId);
  }

  #secretsOf({ storeDir, secrets }: Entry): TeamSecrets {
    const inMemory = this.#inMemory.get(storeDir);
    if (inMemory !== undefined) return inMemory;
    const text = secrets === null ? null : this.#keeper().decrypt(secrets);
    return text === null ? noSecrets : secretsSchema.parse(JSON.parse(text));
  }

  async #read(): Promise<readonly Entry[]> {
    try {
      return z.array(entrySchema).parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return []; // absent or damaged: the person connects anew
    }
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    await writeFileAtomic(this.#file, JSON.stringify(entries, null, 1));
    await chmod(this.#file, 0o600);
  }
}
