import { z } from 'zod';

/** What a person fills in to open a team's store. Secrets travel to the host alone, and never back. */
const text = z.string().max(1000);
const secret = z.string().max(4000);

/** Where the passwords of a connection stay. keychain: the system's · session: in memory until Maskdesk ends · plain: in a file that only this user may read. */
export const secretPlaces = ['keychain', 'session', 'plain'] as const;
export type SecretPlace = (typeof secretPlaces)[number];

export const teamFormSchema = z.object({
  /** Of the remembered connection that is changed; null: a new one. Its kept secrets stand in for those that are left empty. */
  storeId: z.string().max(100).nullable(),
  name: z.string().trim().max(60),
  host: text,
  port: text,
  database: text,
  user: text,
  password: secret,
  tls: z.enum(['disable', 'require', 'verify-full']),
  files: z.enum(['s3', 'disk']),
  folder: text,
  endpoint: text,
  bucket: text,
  prefix: text,
  accessKey: secret,
  secretKey: secret,
  /** What stands before each path in the pipeline's database, as `/app`; empty: paths are relative. */
  pathPrefix: text,
  keep: z.enum(secretPlaces),
});
export type TeamForm = z.infer<typeof teamFormSchema>;

/** A remembered connection as the page may see it, and what this machine can keep. */
export interface TeamFormSaved {
  readonly form: TeamForm;
  /** Whether secrets are kept for it; they may be left empty then. */
  readonly hasPassword: boolean;
  readonly hasSecretKey: boolean;
  /** False: the system has no keychain (or none that is unlocked). */
  readonly hasKeychain: boolean;
}

export const connectionFindingSchema = z.object({
  part: z.string(),
  isOk: z.boolean(),
  /** A sentence: what is there, or what is wrong. */
  message: z.string(),
  /** What to do; null when ok. */
  fix: z.string().nullable(),
});
/** What a look at one part of a connection found. */
export type ConnectionFinding = z.infer<typeof connectionFindingSchema>;
