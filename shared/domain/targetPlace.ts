/** Where an export goes: a new folder, a new zip file, a prefix of a bucket (`s3://bucket/prefix`). */
export type TargetPlace =
  | { readonly kind: 'folder'; readonly path: string }
  /** `.zip` is added where it is missing. */
  | { readonly kind: 'zip'; readonly path: string }
  | { readonly kind: 's3'; readonly url: string };

export const isS3Url = (text: string): boolean => /^s3:\/\//i.test(text);

/** As people write it on a command line: `s3://...`, a name that ends in .zip, else a folder. */
export const targetPlaceOf = (text: string): TargetPlace => {
  if (isS3Url(text)) return { kind: 's3', url: text };
  return /\.zip$/i.test(text) ? { kind: 'zip', path: text } : { kind: 'folder', path: text };
};
