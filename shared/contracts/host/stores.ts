import { z } from 'zod';

/** A store that was open on this machine before; named by an id, since the page is no authority on paths. */
export interface RecentStore {
  readonly storeId: string;
  readonly name: string;
  /** Where it is, for people to read. */
  readonly location: string;
  readonly openedAtMs: number;
  readonly isCurrent: boolean;
  /** False: its folder is gone, or holds no store any more. */
  readonly isThere: boolean;
  /** A server's, which the person connected to. */
  readonly isTeam: boolean;
}

export const storeChoiceSchema = z.discriminatedUnion('kind', [
  /** Asks with the system's dialog for a folder that holds a store. */
  z.object({ kind: z.literal('dialog') }),
  /** Asks for an empty folder and makes a store in it. */
  z.object({ kind: z.literal('new') }),
  /** The demo's own folder; made when it is not there. */
  z.object({ kind: z.literal('demo') }),
  /** Asks for a maskdesk.toml and opens what it describes. */
  z.object({ kind: z.literal('configFile') }),
  /** One of the recent stores, or one that was dropped on the window. */
  z.object({ kind: z.literal('known'), storeId: z.string().max(100) }),
]);
export type StoreChoice = z.infer<typeof storeChoiceSchema>;

/** opened: the window shows it in a moment · cancelled: the dialog was closed · refused: why, a sentence. */
/** needsSecrets: its passwords are not kept on this machine, or can't be read: they are asked for again. */
export type OpenOutcome = { readonly kind: 'opened' } | { readonly kind: 'cancelled' } | { readonly kind: 'needsSecrets'; readonly storeId: string } | { readonly kind: 'refused'; readonly message: string };

/** What lay in a drop. */
export type Dropped =
  /** A single folder that is a store. */
  | { readonly kind: 'store'; readonly storeId: string; readonly name: string }
  /** To be imported by its token, as a folder from the dialog is. */
  | { readonly kind: 'pictures'; readonly folderToken: string; readonly name: string; readonly files: number; readonly folders: number }
  /** A folder or a file with masks or annotations in it, by its token. hasPhotos: it could be meant as photos as well. */
  | { readonly kind: 'masks'; readonly folderToken: string; readonly name: string; readonly hasPhotos: boolean }
  | { readonly kind: 'refused'; readonly message: string };
