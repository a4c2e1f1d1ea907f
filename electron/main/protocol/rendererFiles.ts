import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
};

export interface ServedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

/**
 * A file of the built renderer. Null for whatever is not one: outside the folder, an unknown kind, absent.
 * @param pathname of the URL, still percent-encoded; `/` is the page itself
 */
export const readRendererFile = async (rendererFolder: string, pathname: string): Promise<ServedFile | null> => {
  const root = resolve(rendererFolder);
  let wanted: string;
  try {
    wanted = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
  } catch {
    return null; // malformed percent-encoding
  }
  if (wanted.includes('\0') || wanted.includes('\\')) return null;
  const path = resolve(join(root, wanted));
  if (!path.startsWith(root + sep)) return null;
  const mediaType = mediaTypes[extname(path).toLowerCase()];
  if (mediaType === undefined) return null;
  try {
    return { bytes: new Uint8Array(await readFile(path)), mediaType };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
};
