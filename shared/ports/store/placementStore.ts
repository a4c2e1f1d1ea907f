import type { AssetRef } from '../../domain/asset.ts';

/** A stable path on which an attempt to put (or remove) a mask may still come to its end, over what was put since. */
export interface Placement {
  readonly asset: AssetRef;
  readonly stablePath: string;
  /** When the latest attempt was begun, or ended without an answer; by the database's clock. */
  readonly begunAtMs: number;
  /** The lateness window had passed when this was read: once the path has been looked at, nothing can come any more. */
  readonly isOver: boolean;
}

export interface LookTiming {
  /** How long after `begunAtMs` a write may still land. */
  readonly latenessMs: number;
  /** Between looks at one path: the first pause, doubled each time, up to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/**
 * Notes of attempts on stable paths, for blob stores where a write may land late (BlobStore.mayLandLate). A note is committed before the attempt; a process that
 * dies in between leaves it standing.
 */
export interface PlacementStore {
  /** Notes an attempt that is about to be made. Where another's note still stands, the path stays watched whatever comes of this one. */
  begin(asset: AssetRef, stablePath: string): Promise<void>;
  /** The attempt has come to its end. @param isSettled whether every try of it was answered, so that nothing of it can land any more */
  end(asset: AssetRef, stablePath: string, isSettled: boolean): Promise<void>;
  /** The path whose look is due longest; nobody else is given it until its next look. Null: none is due. */
  claimDue(timing: LookTiming): Promise<Placement | null>;
  /** All of them, due or not; for recover. */
  list(latenessMs: number): Promise<readonly Placement[]>;
  /** Forgets a path that was looked at after its window; another attempt since then keeps it. */
  forget(placement: Placement): Promise<void>;
}
