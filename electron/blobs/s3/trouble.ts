import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

/** What an attempt failed with, as people should hear it, and whether another attempt may do better. */
export interface S3Trouble {
  readonly error: ExpectedError;
  readonly isPassing: boolean;
}

/** For sentences: never a key's secret, never a signed address. */
export interface S3Place {
  /** `minio.example:9000`. */
  readonly host: string;
  readonly bucket: string;
  /** The file, where it is about one. */
  readonly key?: string;
}

interface SdkError extends Error {
  readonly code?: string;
  readonly Code?: string;
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

type Sentence = (place: S3Place, error: SdkError) => string;
interface Kind {
  readonly code: ErrorCode;
  readonly isPassing: boolean;
  readonly sentence: Sentence;
}

const about = ({ host, bucket, key }: S3Place): string => (key === undefined ? `the bucket ${bucket} at ${host}` : `${key} in the bucket ${bucket} at ${host}`);
const lasting = (code: ErrorCode, sentence: Sentence): Kind => ({ code, isPassing: false, sentence });
const passing = (code: ErrorCode, sentence: Sentence): Kind => ({ code, isPassing: true, sentence });

const missing = lasting('blob_missing', ({ host, bucket, key = '' }) => `The file ${key} is missing from the bucket ${bucket} at ${host}.`);
const noBucket = lasting('blobs_unreachable', ({ host, bucket }) => `There is no bucket ${bucket} at ${host}. Check its name, or make it.`);
const denied = lasting('permission_denied', (place) => `${place.host} refuses access to ${about(place)}. Check the rights of the access key.`);
// The key as a whole, not a right to one file: nothing can be read until somebody sees to it, and no file is to blame.
const badKey = lasting('blobs_unreachable', ({ host }) => `${host} does not know the access key. Check MINIO_ACCESS_KEY.`);
const badSecret = lasting('blobs_unreachable', ({ host }) => `${host} refuses the signature. Check MINIO_SECRET_KEY.`);
const expired = lasting('blobs_unreachable', ({ host }) => `The access key for ${host} has expired.`);
const full = lasting('disk_full', ({ host, bucket }) => `The bucket ${bucket} at ${host} takes no more: it, or the quota, is full. Free some space and try again.`);
// The signer has set itself right by the server's answer: one more attempt shows whether that helped.
const skewed = passing('blobs_unreachable', ({ host }) => `The clock of this machine and that of ${host} differ by more than 15 minutes: set them right.`);
const elsewhere = lasting('invalid_input', ({ host, bucket }, { Region }) => `The bucket ${bucket} at ${host} belongs to another region${Region === undefined ? '' : `, ${Region}`}. Correct the region.`);
const badName = lasting('invalid_input', ({ bucket }) => `'${bucket}' can't be a bucket's name.`);
const damaged = passing('blobs_unreachable', (place) => `${about(place)}: bytes are damaged on their way. Check the network.`);
const tooLarge = lasting('invalid_input', (place) => `${place.host} takes no file as large as ${about(place)}.`);
const certificate = lasting('blobs_unreachable', ({ host }, error) => `The certificate of ${host} is not trusted (${error.code ?? error.name}). Name the file of its authority in the configuration.`);
const noCredentials = lasting('blobs_unreachable', ({ host }) => `There is no access key for ${host}. Set MINIO_ACCESS_KEY and MINIO_SECRET_KEY.`);
const noName = passing('blobs_unreachable', ({ host }) => `The name ${host} is not found. Check MINIO_ENDPOINT and the network.`);
const unreachable = passing('blobs_unreachable', ({ host }, error) => `The object store ${host} does not answer (${reasonOf(error)}).`);
const busy = passing('blobs_unreachable', ({ host }, error) => `The object store ${host} is in trouble or busy (${reasonOf(error)}).`);
const refused = lasting('blobs_unreachable', (place, error) => `${place.host} refuses a request for ${about(place)} (${reasonOf(error)}).`);

/** By S3's own words, which compatible servers share. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const byName: Readonly<Record<string, Kind>> = {
  NoSuchKey: missing,
  NotFound: missing,
  NoSuchBucket: noBucket,
  AccessDenied: denied,
  AllAccessDisabled: denied,
  InvalidAccessKeyId: badKey,
  SignatureDoesNotMatch: badSecret,
  ExpiredToken: expired,
  InvalidToken: expired,
  CredentialsProviderError: noCredentials,
  RequestTimeTooSkewed: skewed,
  PermanentRedirect: elsewhere,
  AuthorizationHeaderMalformed: elsewhere,
  IllegalLocationConstraintException: elsewhere,
  InvalidBucketName: badName,
  QuotaExceeded: full,
  InsufficientStorage: full,
  XMinioStorageFull: full,
  XMinioAdminBucketQuotaExceeded: full,
  EntityTooLarge: tooLarge,
  BadDigest: damaged,
  XAmzContentSHA256Mismatch: damaged,
  IncompleteBody: damaged,
  DamagedBody: damaged,
  NoSuchUpload: busy,
  SlowDown: busy,
  SlowDownRead: busy,
  SlowDownWrite: busy,
  RequestTimeout: busy,
  RequestTimeoutException: busy,
  Throttling: busy,
  ThrottlingException: busy,
  TooManyRequests: busy,
  OperationAborted: busy,
  TimeoutError: unreachable,
};

/** By Node's codes. */
const byCode: Readonly<Record<string, Kind>> = {
  ENOTFOUND: noName,
  EAI_AGAIN: noName,
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  ERR_TLS_CERT_ALTNAME_INVALID: certificate,
  CERT_HAS_EXPIRED: certificate,
  CERT_NOT_YET_VALID: certificate,
};
const unreachableCodes = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EPROTO|ERR_SSL|ERR_STREAM_PREMATURE_CLOSE|HPE_|EMFILE|EADDRNOTAVAIL)/;

const byStatus = (status: number | undefined): Kind | undefined => {
  if (status === undefined) return undefined;
  if (status === 401 || status === 403) return denied;
  if (status === 404) return missing;
  if (status === 301 || status === 307) return elsewhere;
  if (status === 413) return tooLarge;
  if (status === 507) return full;
  if (status === 408 || status === 429 || (status >= 500 && status !== 501)) return busy;
  return status >= 400 ? refused : undefined;
};

function reasonOf({ name, code, $metadata }: SdkError): string {
  if (code !== undefined) return code;
  const status = $metadata?.httpStatusCode;
  return status === undefined ? name : `${name}, ${status}`;
}

const kindOf = (error: SdkError): Kind | undefined => {
  const { code = '', $metadata } = error;
  const named = byName[error.name] ?? byName[error.Code ?? ''] ?? byCode[code];
  if (named !== undefined) return named;
  if (unreachableCodes.test(code) || error.message === 'aborted' || error.message === 'socket hang up') return unreachable;
  return byStatus($metadata?.httpStatusCode);
};

/** @returns null for what is no trouble with the server: a mistake of ours */
export const troubleOf = (thrown: unknown, place: S3Place): S3Trouble | null => {
  if (thrown instanceof ExpectedError || !(thrown instanceof Error)) return null;
  const error = thrown as SdkError;
  const kind = kindOf(error);
  if (kind === undefined) return null;
  // The SDK's error carries request and response with it, signatures among them: only its words go on.
  const cause = Object.assign(new Error(error.message), { name: error.name, ...(error.code === undefined ? {} : { code: error.code }) });
  return { error: new ExpectedError(kind.code, kind.sentence(place, error), { cause }), isPassing: kind.isPassing };
};
