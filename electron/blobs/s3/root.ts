import { createPathStyles, type PathStyle, type PathStyles } from '../pathStyle.ts';
import { checkKey, outsideRoot } from '../blobKey.ts';
import { isBlobKey } from '../../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

/** The data root in a bucket: which object a key is, and which key a path of the database. */
export interface S3Root extends PathStyles {
  readonly bucket: string;
  /** `s3://bucket` or `s3://bucket/prefix`. */
  readonly url: string;
  /** @throws ExpectedError path_outside_root for what is no key */
  objectOf(key: string): string;
  /** Objects below whose names begin so; any text. */
  prefixOf(keyPrefix: string): string;
  /** Null for what other programs keep here under names that are no keys (folder markers, say). */
  keyOf(object: string): string | null;
}

/** Length limit of an object's name in S3, in bytes of UTF-8. */
const maxObjectBytes = 1024;

/**
 * Absolute paths are `s3://bucket/prefix/...`, or those below the prefix of the settings, as `/app/data/masks/a.png` with the prefix `/app`.
 * @throws ExpectedError invalid_input for a prefix that is no path
 */
export const createS3Root = (bucket: string, prefix: string, paths: PathStyle): S3Root => {
  const folder = prefix.replace(/^\/+|\/+$/g, '');
  if (folder !== '' && !isBlobKey(folder)) throw new ExpectedError('invalid_input', `The prefix '${prefix}' in the bucket ${bucket} must be folder names with / between them.`);
  const url = folder === '' ? `s3://${bucket}` : `s3://${bucket}/${folder}`;
  const before = folder === '' ? '' : `${folder}/`;
  const isUrlStyle = paths.style === 'absolute' && paths.prefix === undefined;
  const styles = createPathStyles(url, [], isUrlStyle ? { style: 'relative' } : paths);
  return {
    bucket,
    url,
    objectOf: (key) => {
      const object = before + checkKey(key, url);
      if (Buffer.byteLength(object) > maxObjectBytes) throw new ExpectedError('invalid_input', `The name ${key} is too long for S3: an object's name has at most ${maxObjectBytes} bytes.`);
      return object;
    },
    prefixOf: (keyPrefix) => before + keyPrefix,
    keyOf: (object) => {
      const key = object.startsWith(before) ? object.slice(before.length) : '';
      return isBlobKey(key) ? key : null;
    },
    // A url is taken as it is: `..` and `//` are characters of an object's name there, which no key has.
    keyOfPath: (localPath) => {
      if (!/^s3:/i.test(localPath)) return styles.keyOfPath(localPath);
      if (!localPath.startsWith(`${url}/`)) throw outsideRoot(localPath, url);
      return checkKey(localPath.slice(url.length + 1), url);
    },
    pathOfKey: (key) => (isUrlStyle ? `${url}/${checkKey(key, url)}` : styles.pathOfKey(key)),
  };
};
