import type { TeamForm } from '../../../shared/contracts/host/teamStores.ts';

/** What is kept apart from the rest of a form. */
export interface TeamSecrets {
  readonly password: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export type Tables = Record<string, Record<string, unknown>>;

/** What is empty is left out, for defaults to hold. */
const filled = (values: Readonly<Record<string, unknown>>): Record<string, unknown> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
const trimmed = (text: string): string => text.trim();

/** A form as the tables of a maskdesk.toml. Numbers that are none stay text: the schema says what is wrong with them. */
export const tablesOfForm = (form: TeamForm, secrets: TeamSecrets): Tables => {
  const port = trimmed(form.port);
  const prefix = trimmed(form.pathPrefix);
  return {
    store: {
      kind: 'postgres',
      ...filled({ name: form.name, host: trimmed(form.host), port: /^\d+$/.test(port) ? Number(port) : port, database: trimmed(form.database), user: trimmed(form.user), password: secrets.password, tls: form.tls }),
    },
    blobs:
      form.files === 'disk'
        ? { kind: 'disk', ...filled({ root: trimmed(form.folder) }) }
        : { kind: 's3', ...filled({ endpoint: trimmed(form.endpoint), bucket: trimmed(form.bucket), prefix: trimmed(form.prefix), accessKey: secrets.accessKey, secretKey: secrets.secretKey }) },
    // Events go out through the database: a worker, which has the broker, delivers them.
    broker: { kind: 'none' },
    ...(prefix === '' ? {} : { paths: { style: 'absolute', prefix } }),
  };
};

export const withoutSecrets = (form: TeamForm): TeamForm => ({ ...form, password: '', accessKey: '', secretKey: '' });
