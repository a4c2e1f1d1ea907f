import { baseName } from '../labels/fileNames.ts';

/** Uploads get eight hex digits in front (`1a2b3c4d-name.jpg`), so that names don't meet. */
const uploadPrefix = /^[0-9a-f]{8}-(?=.)/;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign of a name that was never encoded.
    return text;
  }
};

const isNameAlone = (image: string): boolean => !/[\\/]/.test(image);

/** The name that was uploaded, where a name alone may be that of an upload. */
export const uploadedNameOf = (image: string): string | undefined => (isNameAlone(image) && uploadPrefix.test(image) ? image.replace(uploadPrefix, '') : undefined);

/**
 * The photo's name or path from what a task has as its image: an upload (`/data/upload/1/1a2b3c4d-name.jpg`), a file that Label Studio serves
 * (`/data/local-files/?d=photos/name.jpg`), a bucket (`s3://bucket/photos/name.jpg`) or any other address. A name alone is no address: what looks encoded in it is its own, and so may be
 * what looks like an upload's digits ({@link uploadedNameOf}).
 */
export const imageNameOf = (image: string): string => {
  if (isNameAlone(image)) return image;
  const [address, query] = image.split('#', 1)[0]!.split('?', 2) as [string, string | undefined];
  const served = query === undefined ? null : new URLSearchParams(query).get('d');
  if (served !== null && served !== '') return served.replaceAll('\\', '/').replace(/^\/+/, '');
  const path = decoded(address.replaceAll('\\', '/'));
  if (/(^|\/)upload\//.test(path)) return baseName(path).replace(uploadPrefix, '');
  return path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i, '').replace(/^\/+/, '');
};
