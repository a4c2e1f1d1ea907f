import { open, type FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { collect, walkTarball } from './tarball.ts';

/** `resources.json` of @imgly/background-removal: files cut into chunks, each beside it under its hash, with its place in the whole. */
const resourcesSchema = z.record(
  z.string(),
  z.object({ size: z.number().int().positive(), chunks: z.array(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), offsets: z.tuple([z.number().int(), z.number().int()]) })) }),
);

interface Piece {
  readonly startByte: number;
  readonly lengthBytes: number | null;
}

const licenceName = /^package\/(licen[cs]e|copying|notice|thirdparty)[^/]*$/i;
const maxTextBytes = 2 ** 20;

const piecesOf = async (tarball: string, path: string, resource: string | undefined, signal: AbortSignal | undefined): Promise<Map<string, Piece>> => {
  const inTarball = `package/${path}`;
  if (resource === undefined) return new Map([[inTarball, { startByte: 0, lengthBytes: null }]]);
  let list: Buffer | null = null;
  await walkTarball(tarball, async (name, content) => {
    if (name === inTarball) list = await collect(content, maxTextBytes);
  }, signal);
  if (list === null) throw new ExpectedError('model_corrupt', `The package has no ${path}.`);
  const entry = resourcesSchema.parse(JSON.parse((list as Buffer).toString('utf8')))[resource];
  if (entry === undefined) throw new ExpectedError('model_corrupt', `The package's ${path} has no ${resource}.`);
  const folder = posix.dirname(inTarball);
  return new Map(entry.chunks.map(({ hash, offsets: [from, to] }) => [`${folder}/${hash}`, { startByte: from, lengthBytes: to - from }]));
};

const writeAt = async (handle: FileHandle, content: AsyncIterable<Buffer>, startByte: number): Promise<number> => {
  let position = startByte;
  for await (const chunk of content) {
    await handle.write(chunk, 0, chunk.length, position);
    position += chunk.length;
  }
  return position - startByte;
};

/**
 * Takes a model's weights out of a package's tarball, joined where the package cuts them into chunks. The result is unchecked.
 * @returns the package's licence texts
 * @throws ExpectedError model_corrupt when a piece is not there; file system errors as they are
 */
export const extractWeights = async (
  tarball: string,
  wanted: { readonly path: string; readonly resource?: string | undefined },
  target: string,
  signal?: AbortSignal,
): Promise<string> => {
  const pieces = await piecesOf(tarball, wanted.path, wanted.resource, signal);
  const licences: string[] = [];
  const handle = await open(target, 'wx');
  try {
    await walkTarball(tarball, async (name, content) => {
      if (licenceName.test(name)) licences.push(`${name}\n\n${(await collect(content, maxTextBytes)).toString('utf8')}`);
      const piece = pieces.get(name);
      if (piece === undefined) return;
      const length = await writeAt(handle, content, piece.startByte);
      if (piece.lengthBytes !== null && length !== piece.lengthBytes) throw new ExpectedError('model_corrupt', `${name} has ${length} bytes instead of ${piece.lengthBytes}.`);
      pieces.delete(name);
    }, signal);
    if (pieces.size > 0) throw new ExpectedError('model_corrupt', `The package lacks ${[...pieces.keys()].join(', ')}.`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return licences.join('\n\n');
};
