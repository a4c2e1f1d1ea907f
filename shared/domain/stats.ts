import type { ModelId, ProductId } from './ids.ts';
import type { RejectReason } from './verdict.ts';

/** Verdicts that were taken back by an undo count nowhere in here. */

/** What was judged since a moment, mostly since midnight. */
export interface DayProgress {
  readonly approved: number;
  readonly rejected: number;
  readonly reopened: number;
  /** Approvals and rejections by the reviewer who asks. */
  readonly byMe: number;
  /** Of the first and the last verdict; null before there is one. */
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
}

/** A stretch of time from sinceMs up to, and without, untilMs, in buckets of equal length; the last one may be cut short. */
export interface DashboardQuery {
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly bucketMs: number;
}

export interface DashboardBucket {
  readonly startMs: number;
  /** Mask versions made, by models and by people. */
  readonly made: number;
  readonly approved: number;
  readonly rejected: number;
  /** Approvals and rejections, most first. */
  readonly byReviewer: readonly { readonly reviewer: string; readonly count: number }[];
}

/** How masks fared. Corrected: approved as a person had changed them; counted among the approved. */
export interface Fared {
  readonly approved: number;
  readonly rejected: number;
  readonly corrected: number;
}

export interface Dashboard extends DashboardQuery {
  /** Without gaps, in order. */
  readonly buckets: readonly DashboardBucket[];
  /** Rejections, most first. */
  readonly byReason: readonly { readonly reason: RejectReason; readonly count: number }[];
  /** By the model that made the mask, or the one that was corrected; most verdicts first. */
  readonly byModel: readonly (Fared & { readonly modelId: ModelId })[];
  /** The 20 products with the most verdicts. */
  readonly byProduct: readonly (Fared & { readonly productId: ProductId; readonly title: string | null })[];
  /**
   * Seconds between successive verdicts of one reviewer, to 0.1 s. Left out: pauses of more than 5 minutes, and bulk verdicts. Null before
   * anybody has given two.
   */
  readonly secondsAMask: { readonly median: number; readonly p90: number } | null;
  readonly backlog: {
    /** Masks that wait for a verdict now. */
    readonly toReview: number;
    /** Approvals and rejections an hour of work: over the hours of the clock in which there were some, all reviewers together. Null: none. */
    readonly perHour: number | null;
    /** Time of work until nothing is left, at that pace. */
    readonly etaMs: number | null;
  };
}

/** Longest pause between two verdicts that still counts as work on a mask. */
export const longestPauseMs = 300_000;
export const mostBuckets = 400;
