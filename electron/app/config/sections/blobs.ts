import { z } from 'zod';
import { secretSetting, setting, type Section } from '../setting.ts';

const httpAddress = z.url({ protocol: /^https?$/ }).describe('an address, as https://minio.example:9000');
const seconds = (most: number) => z.number().positive().max(most);
const keys = {
  kind: setting(z.enum(['disk', 's3']).optional(), { about: 'Where photos and masks are: a folder that everybody sees, or an object store.', standard: 's3 where bucket is given, else disk' }),
  root: setting(z.string().min(1).default('.'), { about: 'disk: the data root, the folder that local_path is relative to.', isPath: true, storeKey: 'dataRoot' }),
  bucket: setting(z.string().min(3).max(63).optional(), { about: 's3: the bucket.', environment: ['MINIO_BUCKET'] }),
  prefix: setting(z.string().default(''), { about: 's3: the folder in the bucket that is the data root.' }),
  endpoint: setting(
    z
      .string()
      .describe('an address, as https://minio.example:9000')
      .transform((text) => (/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`))
      .pipe(httpAddress)
      .optional(),
    { about: 's3: the server’s address; host:port alone means http.', environment: ['MINIO_ENDPOINT'], standard: 'Amazon’s for the region' },
  ),
  region: setting(z.string().min(1).default('us-east-1'), { about: 's3: the region; compatible servers mostly expect the default.' }),
  forcePathStyle: setting(z.boolean().optional(), { about: 's3: endpoint/bucket/key instead of bucket.endpoint/key.', standard: 'true where endpoint is given' }),
  accessKey: secretSetting({ about: 's3: the access key. Without keys: as Amazon’s own tools find them (profile, role of the machine).', environment: ['MINIO_ACCESS_KEY'] }),
  secretKey: secretSetting({ about: 's3: the secret key that belongs to it.', environment: ['MINIO_SECRET_KEY'] }),
  sessionToken: secretSetting({ about: 's3: the token of temporary keys.' }),
  tlsCa: setting(z.string().min(1).optional(), { about: 's3: a PEM file with the authority that signed the endpoint’s certificate.', isPath: true, standard: 'the system’s authorities' }),
  createBucket: setting(z.boolean().default(false), { about: 's3: make the bucket when it is not there. `maskdesk init` does it once.' }),
  baseUrl: setting(httpAddress.optional(), { about: 's3: the address that links show, where it is another than endpoint.', environment: ['BASE_URL'], standard: 'endpoint' }),
  presignedUrlExpirySeconds: setting(z.int().min(1).max(604_800).default(3600), { about: 's3: how long presigned links work.', environment: ['PRESIGNED_URL_EXPIRY'] }),
  stallTimeoutSeconds: setting(seconds(3600).default(15), { about: 's3: a connection on which no byte has moved for so long is given up, and tried again.' }),
  deadlineSeconds: setting(seconds(3600).default(30), { about: 's3: after that no further attempt of one operation is begun.' }),
  latenessSeconds: setting(z.number().min(0).max(86_400).default(900), { about: 's3: how long a put that was never answered may still land; its key is watched for that long.' }),
  cacheFolder: setting(z.string().min(1).optional(), { about: 's3: where copies of what was read are kept.', isPath: true, standard: 'blobs in the cache folder' }),
  cacheMegabytes: setting(z.int().min(0).max(10_000_000).default(4096), { about: 's3: how much disk those copies may take; 0: none are kept.' }),
};

export const blobsSection: Section<typeof keys> = {
  name: 'blobs',
  about: 'Where photos and masks are.',
  keys,
  check: ({ kind, bucket, endpoint, accessKey, secretKey }) => [
    ...(bucket === undefined && (kind === 's3' || (kind === undefined && endpoint !== undefined)) ? [{ key: 'bucket', message: 'the object store is configured, and no bucket is named (MINIO_BUCKET)' }] : []),
    ...(kind === 'disk' && bucket !== undefined ? [{ key: 'bucket', message: 'kind is disk, which has no bucket; leave out kind, or bucket' }] : []),
    ...((accessKey === undefined) === (secretKey === undefined) ? [] : [{ key: secretKey === undefined ? 'secretKey' : 'accessKey', message: 'accessKey and secretKey belong together: one is there, the other is not' }]),
  ],
};
