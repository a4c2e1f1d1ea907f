import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

/** Whom an error's sentence names. Never with a password. */
export interface Place {
  /** `database maskdesk at db.example.org:5432` */
  readonly location: string;
  readonly user: string;
  readonly database: string;
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Of the network, of a server that ends or starts, and of pg where its connection is gone (it has no codes for that). */
const lostCodes = /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENOENT|57P0[1-5]|08\w{3}|53300)$/;
const lostMessages = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|timeout exceeded when trying to connect|Query read timeout|Connection ended|connect |write after end|This socket has been ended|Cannot use a pool after calling end)/;

/** The server can't be reached, or let go of the connection: what was not committed is gone, and trying again may help. */
export const isConnectionLost = (error: unknown): boolean => {
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost);
  const code = codeOf(error);
  return lostCodes.test(code) || (code === '' && lostMessages.test(messageOf(error)));
};

/** Two transactions were in each other's way; the one that is told so begins again. */
export const isConflict = (error: unknown): boolean => /^(40001|40P01)$/.test(codeOf(error));

const sentences: readonly (readonly [codes: RegExp, code: ErrorCode, sentence: (place: Place, error: unknown) => string])[] = [
  [/^28P01$/, 'permission_denied', ({ location, user }) => `The ${location} refused the password of ${user}. Check user and password.`],
  [/^3D000$/, 'store_missing', ({ location }) => `There is no ${location}. Create it (createdb), or check its name.`],
  [/^42501$/, 'permission_denied', ({ location, user }, error) => `${user} lacks a right in the ${location}: ${messageOf(error)}. docs/operations.md says which rights Maskdesk needs.`],
  [/^(25006|57P06)$/, 'permission_denied', ({ location }) => `The ${location} allows reading only at the moment: it may be a standby.`],
  [/^(53100|53200)$/, 'disk_full', ({ location }, error) => `The server of the ${location} has run out of room: ${messageOf(error)}.`],
  [/^(40001|40P01|55P03)$/, 'store_locked', ({ location }) => `Another program keeps what is to be changed in the ${location} locked. Try again in a moment.`],
  [/^57014$/, 'store_locked', ({ location }) => `The ${location} took too long to answer and was stopped. Try again in a moment.`],
  [/^XX00[12]$/, 'store_corrupt', ({ location }, error) => `The ${location} reports that it is damaged: ${messageOf(error)}.`],
  [/^(22021|22P05|22001)$/, 'invalid_input', (_place, error) => `The database can't hold that text: ${messageOf(error)}.`],
];

export const unreachable = ({ location }: Place, cause: unknown, hint = ''): ExpectedError =>
  new ExpectedError('store_unreachable', `The ${location} can't be reached.${hint} It is tried again with the next action; what was saved stays saved.`, { cause });

/** 28000: no such role, or no line in pg_hba.conf for us; the latter says whether encryption would help. */
const refused = ({ location, user }: Place, error: unknown): ExpectedError => {
  const message = messageOf(error);
  if (/no encryption/.test(message)) {
    return new ExpectedError('permission_denied', `The ${location} takes encrypted connections only, or none from here for ${user}. Switch TLS on (sslmode=require or verify-full).`, { cause: error });
  }
  return new ExpectedError('permission_denied', `The ${location} does not let ${user} in: ${message}.`, { cause: error });
};

const tlsCodes = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_)/;

/** What PostgreSQL and the network say of the outside world as an expected error with a sentence; our own mistakes (bad SQL, constraints) come back as they were. */
export const postgresError = (error: unknown, place: Place): unknown => {
  if (error instanceof ExpectedError) return error;
  const code = codeOf(error);
  const message = messageOf(error);
  if (code === '28000') return refused(place, error);
  if (/does not support SSL connections/.test(message)) {
    return new ExpectedError('store_unreachable', `The server of the ${place.location} does not offer TLS. Switch it on there, or set sslmode=disable on a network that you trust.`, { cause: error });
  }
  if (tlsCodes.test(code)) {
    return new ExpectedError('store_unreachable', `The certificate of the ${place.location} is not trusted (${code}). Name its authority in the settings of TLS.`, { cause: error });
  }
  if (/client password must be a string|no password supplied|SASL: SCRAM-SERVER-FIRST-MESSAGE/.test(message)) {
    return new ExpectedError('permission_denied', `The ${place.location} asks for a password of ${place.user}, and none is set.`, { cause: error });
  }
  for (const [codes, known, sentence] of sentences) if (codes.test(code)) return new ExpectedError(known, sentence(place, error), { cause: error });
  if (isConnectionLost(error)) return unreachable(place, error);
  return error;
};
