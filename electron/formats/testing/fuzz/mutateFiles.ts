import { pickOf, placeIn, type Pick } from './hostile.ts';
import type { FileMap } from './memorySource.ts';
import { mutateBytes, type Mutation } from './mutateBytes.ts';
import { mutateJson } from './mutateJson.ts';
import { mutateText } from './mutateText.ts';

/** Names that a source may really hold; those that it may not hold it refuses itself. */
const oddNames = ['CON.png', 'a b\'";$(x).json', `${'y'.repeat(200)}.png`, '%2e%2e%2f.png', '-rf.txt', '.png', 'ünï😀.xml', 'A.PNG', 'masks', '0'] as const;

type Mutate = (bytes: Uint8Array, pick: Pick) => Mutation;

const waysOf = (path: string): readonly Mutate[] => {
  if (/\.jsonl?$/i.test(path)) return [mutateJson, mutateJson, mutateJson, mutateText, mutateBytes];
  if (/\.(?:xml|txt|ya?ml|csv|md)$/i.test(path)) return [mutateText, mutateText, mutateText, mutateBytes];
  return [mutateBytes];
};

const folderMutation = (files: FileMap, path: string, pick: Pick): { readonly did: string; readonly files: FileMap } => {
  const changed = new Map(files);
  const bytes = files.get(path) as Uint8Array;
  switch (pick.way % 4) {
    case 0:
      changed.delete(path);
      return { did: `${path} removed`, files: changed };
    case 1: {
      const name = [...path.split('/').slice(0, -1), pickOf(oddNames, pick.amount)].join('/');
      changed.delete(path);
      changed.set(name, bytes);
      return { did: `${path} renamed to ${name}`, files: changed };
    }
    case 2:
      changed.set(`other/${path}`, bytes);
      return { did: `${path} there twice`, files: changed };
    default: {
      const other = [...files.keys()][placeIn(files.size, pick.place)] as string;
      changed.set(path, files.get(other) as Uint8Array);
      return { did: `${path} has the bytes of ${other}`, files: changed };
    }
  }
};

/** Changes one file, or which files there are. */
export const mutateFiles = (files: FileMap, pick: Pick): { readonly did: string; readonly files: FileMap } => {
  const paths = [...files.keys()];
  const path = paths[pick.file % paths.length];
  if (path === undefined) return { did: 'nothing', files };
  if (pick.file % 8 === 7) return folderMutation(files, path, pick);
  const { did, bytes } = pickOf(waysOf(path), pick.means)(files.get(path) as Uint8Array, pick);
  return { did: `${path}: ${did}`, files: new Map(files).set(path, bytes) };
};
