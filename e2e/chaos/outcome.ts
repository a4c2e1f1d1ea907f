import type { AssetRef } from '../../shared/domain/asset.ts';
import type { BatchProgress } from '../../shared/domain/intake.ts';
import type { Publication } from '../../shared/domain/publication.ts';
import type { Revision } from '../../shared/domain/revision.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { DeskLine } from './deskLine.ts';
import type { ReceivedEvent } from './pipeline.ts';
import type { PlannedAsset, PlannedJob, PlannedMessage } from './stream.ts';

/** What the database says became of one asset of one message. */
export interface IntakeRow {
  readonly messageId: string;
  /** Of the event that answers the message. */
  readonly eventId: string;
  readonly jobId: string;
  readonly asset: AssetRef;
  readonly state: string;
  readonly errorCode: string | null;
  /** Stored by a publication of the worker's mask; false where an approval stood already. */
  readonly byPublication: boolean;
  readonly settledAtMs: number | null;
}

/** With the times of its decision and of its end. */
export interface FinishedPublication extends Publication {
  readonly createdAtMs: number;
  readonly finishedAtMs: number | null;
}

export interface AssetOutcome {
  readonly planned: PlannedAsset;
  /** Null: Maskdesk does not know it. */
  readonly known: null | {
    readonly maskedLocalPath: string | null;
    /** Oldest first, as everywhere here. */
    readonly verdicts: readonly Verdict[];
    readonly publications: readonly FinishedPublication[];
    readonly revisions: readonly Revision[];
    /** SHA-256 of what lies where the row says, else where something was published last; null: nothing. */
    readonly fileSha256: string | null;
  };
}

/** Everything that is judged, as plain data: what was planned, what people and subscribers were told, and what is in the stores once all has come to rest. */
export interface Outcome {
  readonly jobs: readonly PlannedJob[];
  readonly assets: readonly AssetOutcome[];
  readonly intake: readonly IntakeRow[];
  /** By `<job id> <kind>`. */
  readonly batches: ReadonlyMap<string, { readonly eventId: string; readonly progress: BatchProgress }>;
  readonly received: readonly ReceivedEvent[];
  /** What came on a masked topic and is no masked event. */
  readonly unreadable: readonly string[];
  readonly poison: readonly PlannedMessage[];
  /** Bodies. */
  readonly deadLetters: readonly string[];
  readonly deskLines: readonly DeskLine[];
  /** Verdicts of the database that desks were told of, by id. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly unsentEvents: number;
  readonly pendingPublications: number;
  readonly runningTasks: number;
}

export const batchKey = ({ jobId, kind }: Pick<PlannedJob, 'jobId' | 'kind'>): string => `${jobId} ${kind}`;
export const assetName = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;
