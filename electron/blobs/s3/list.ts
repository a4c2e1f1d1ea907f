import { ListMultipartUploadsCommand, ListObjectsV2Command, type MultipartUpload } from '@aws-sdk/client-s3';
import type { SizedKey } from '../../../shared/ports/blobStore.ts';
import type { S3Connection } from './connection.ts';
import type { S3Root } from './root.ts';

/** Names may hold what XML can't: they are asked for in the encoding of urls, where the server knows that. */
const decoded = (name: string, encodingType: string | undefined): string => (encodingType === 'url' ? decodeURIComponent(name.replaceAll('+', ' ')) : name);

/** Page by page, 1,000 objects each. @param except a key that is nobody's file */
export async function* listObjects({ client, attempt }: S3Connection, root: S3Root, keyPrefix: string, except: string): AsyncGenerator<SizedKey> {
  let token: string | undefined;
  do {
    const page = await attempt(() =>
      client.send(new ListObjectsV2Command({ Bucket: root.bucket, Prefix: root.prefixOf(keyPrefix), EncodingType: 'url', ...(token === undefined ? {} : { ContinuationToken: token }) })),
    );
    for (const { Key, Size = 0 } of page.Contents ?? []) {
      const key = Key === undefined ? null : root.keyOf(decoded(Key, page.EncodingType));
      if (key !== null && key !== except) yield { key, sizeBytes: Size };
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/** Uploads in parts that are under way or were left. */
export async function* listUploads({ client, attempt }: S3Connection, root: S3Root): AsyncGenerator<MultipartUpload & { readonly object: string }> {
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  do {
    const from: { KeyMarker?: string; UploadIdMarker?: string } = marker;
    const page = await attempt(() => client.send(new ListMultipartUploadsCommand({ Bucket: root.bucket, Prefix: root.prefixOf(''), EncodingType: 'url', ...from })));
    for (const upload of page.Uploads ?? []) {
      if (upload.Key !== undefined) yield { ...upload, object: decoded(upload.Key, page.EncodingType) };
    }
    marker = page.IsTruncated !== true || page.NextKeyMarker === undefined ? undefined : {
      KeyMarker: decoded(page.NextKeyMarker, page.EncodingType),
      ...(page.NextUploadIdMarker === undefined ? {} : { UploadIdMarker: page.NextUploadIdMarker }),
    };
  } while (marker !== undefined);
}
