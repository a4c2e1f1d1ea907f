/**
 * Branded ids. The pipeline's ids are free text (slashes, dots, quotes, any script, up to 255 characters): they are data, never
 * paths. Maskdesk's own ids are UUIDs.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type JobId = Branded<'JobId'>;
export type ProductId = Branded<'ProductId'>;
export type VideoId = Branded<'VideoId'>;
/** `img_id` of a product image or `frame_id` of a keyframe; unique only together with its AssetKind. */
export type AssetId = Branded<'AssetId'>;
export type RevisionId = Branded<'RevisionId'>;
export type VerdictId = Branded<'VerdictId'>;
export type PublicationId = Branded<'PublicationId'>;
/** Identifies an outgoing event for ever: fixed when the approval is acknowledged, the same at every redelivery. */
export type EventId = Branded<'EventId'>;
/** What was asked for in one go: verdicts on many assets, or a re-run of many. */
export type BatchId = Branded<'BatchId'>;
export type TaskId = Branded<'TaskId'>;
export type CommentId = Branded<'CommentId'>;
export type SetId = Branded<'SetId'>;
export type SnapshotId = Branded<'SnapshotId'>;
/** What was imported in one go; undone in one go. */
export type ImportId = Branded<'ImportId'>;
export type ModelId = Branded<'ModelId'>;
/** Lower-case hex SHA-256 of the bytes it names. */
export type Sha256 = Branded<'Sha256'>;

/** The longest id that Maskdesk accepts, in UTF-16 code units (the pipeline's columns are varchar(255)). */
export const maxIdLength = 255;

/** Marks a string that came from a trusted place (our database, a validated input) as an id. */
export const asId = <Id extends string>(value: string): Id => value as Id;
