/** Where weights come from. */
export type ModelSource =
  | { readonly kind: 'npm'; readonly packageName: string; readonly version: string; readonly path: string }
  | { readonly kind: 'file'; readonly url: URL }
  | { readonly kind: 'http'; readonly url: URL };

/** @throws RangeError a source that is none of the three kinds */
export const parseSource = (source: string): ModelSource => {
  const npm = /^npm:((?:@[^/@#]+\/)?[^/@#]+)@([^#]+)#(.+)$/.exec(source);
  if (npm !== null) return { kind: 'npm', packageName: npm[1] as string, version: npm[2] as string, path: npm[3] as string };
  if (!URL.canParse(source)) throw new RangeError(`${source} is no source of weights`);
  const url = new URL(source);
  if (url.protocol === 'file:') return { kind: 'file', url };
  if (url.protocol === 'https:' || url.protocol === 'http:') return { kind: 'http', url };
  throw new RangeError(`${source} is no source of weights`);
};

/**
 * ONNX Runtime tells its own format from ONNX by the name's ending alone, so the cached file keeps it.
 * @returns '.ort' or '.onnx'
 */
export const weightsEnding = (source: string): '.ort' | '.onnx' => (/\.ort(?:[?#].*)?$/i.test(source) ? '.ort' : '.onnx');
