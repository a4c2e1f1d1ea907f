import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import { sha256Hex } from '../../base/hash.ts';
import { plainStem } from '../export/stems.ts';
import { idInParent, stemOf } from '../import/importIds.ts';

/** macOS takes letters with marks apart in names of files, others don't: the same word for both. */
export const composed = (word: string): string => word.normalize('NFC');

/** Segments of a path or URL as any tool writes it; without drive, host and steps that lead nowhere. */
export const segmentsOf = (file: string): readonly string[] => composed(file).split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.' && segment !== '..');

/** All ends of a path that are two segments or longer, the whole first. A name alone says too little: it is matched as a name. */
export const tailsOf = (file: string): readonly string[] => {
  const segments = segmentsOf(file);
  return segments.slice(0, -1).map((_, index) => segments.slice(index).join('/'));
};

/** File name without its ending. */
export const nameOf = (file: string): string => stemOf(segmentsOf(file).at(-1) ?? file);

/** The id that our own import gives to a picture in its product's or video's folder. */
export const folderIdOf = (file: string): string | null => {
  const segments = segmentsOf(file);
  const parent = segments.at(-2);
  return parent === undefined ? null : idInParent(parent, nameOf(file));
};

/** Names that belong to one asset alone: as our exports call its files. */
export const ownName = (asset: AssetRef): string => plainStem(asset);

/** Folders that say what is in them, and not whose it is. */
export const photoFolders: ReadonlySet<string> = new Set(['images', 'image', 'imgs', 'img', 'photos', 'jpegimages', 'data', 'train', 'val', 'test', 'default']);
const annotationFolders: ReadonlySet<string> = new Set(['valid', 'labels', 'masks', 'mask', 'annotations', 'segmentationclass', 'segmentationobject', 'upload', 'obj_train_data']);

/** What an asset's id or file name may end with, for a file whose folder was left away; null: its folder says whose it is, and another's photo of that name is not meant. */
export const endingOf = (file: string): string | null => {
  const folders = segmentsOf(file).slice(0, -1).map((folder) => folder.toLowerCase());
  return folders.every((folder) => photoFolders.has(folder) || annotationFolders.has(folder)) ? nameOf(file) : null;
};

/** All that follow a `_`, `-` or `/` in the asset's id or its photo's name. */
export const endingsOfAsset = ({ id, localPath }: Pick<Asset, 'id' | 'localPath'>): ReadonlySet<string> => {
  const endings = new Set<string>();
  for (const name of [composed(id), nameOf(localPath)]) {
    for (const { index } of name.matchAll(/[_/-]/g)) endings.add(name.slice(index + 1));
  }
  endings.delete('');
  return endings;
};

/** Names under which others may know its photo. */
export const namesOfAsset = ({ id, localPath }: Pick<Asset, 'id' | 'localPath'>): readonly string[] => [...new Set([composed(id), fileNameOfId(id, sha256Hex), nameOf(localPath)])];
