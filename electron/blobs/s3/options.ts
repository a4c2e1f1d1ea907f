import type { PathStyle } from '../pathStyle.ts';
import type { SweepScope } from '../sweepScope.ts';

/** Where the objects are and how to reach them. The data root of `local_path`s is the bucket, or the prefix in it. */
export interface S3BlobOptions extends SweepScope {
  readonly bucket: string;
  /** Folder in the bucket that is the data root, for example `team-one`; no slash at either end is needed. Default: the bucket itself. */
  readonly prefix?: string;
  /** Address of a compatible server (`https://minio.example:9000`). Default: Amazon's for the region. */
  readonly endpoint?: string;
  /** Default us-east-1, which compatible servers mostly expect. */
  readonly region?: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. Default: where an endpoint is given. */
  readonly forcePathStyle?: boolean;
  /** Absent: as Amazon's SDK finds them (environment, profile, role of the machine). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  /** A PEM file with the authority that signed the endpoint's certificate, where the system does not know it. */
  readonly caFile?: string;
  /** Make the bucket when it is not there. Default false: a mistyped name should not become a bucket. */
  readonly create?: boolean;
  /** Nothing is written by the opening. */
  readonly readOnly?: boolean;
  /** How paths are written into the database and into events. Default: relative, as keys below the data root. */
  readonly paths?: PathStyle;
  /** How long presigned links work (PRESIGNED_URL_EXPIRY). 1 .. 604800, default 3600. */
  readonly linkExpiryS?: number;
  /** Address that links show where it is another than ours, as for browsers outside the cluster. Default: endpoint. */
  readonly linkEndpoint?: string;
  /** A connection on which no byte has moved for so long is given up, and tried again. Default 15 000. */
  readonly stallTimeoutMs?: number;
  /** After that no further attempt of one operation is begun: it fails with `blobs_unreachable`. Default 30 000: masks are placed under a lock. */
  readonly deadlineMs?: number;
  /** Larger ones are sent in parts, several at once. At least 5 MiB. Default 16 MiB. */
  readonly partBytes?: number;
  /** Abandoned uploads in parts that are older are removed by a sweep. Default one day. */
  readonly abandonedAfterMs?: number;
}
