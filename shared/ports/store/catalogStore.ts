import type { AssetKind } from '../../domain/asset.ts';
import type { NewAsset, NewJob, NewMatch, NewProduct, NewVideo } from '../../domain/catalog.ts';
import type { JobId } from '../../domain/ids.ts';

export type AddOutcome = 'added' | 'exists';

export interface CatalogStore {
  /** The job with that id, made when it is not there. */
  ensureJob(job: NewJob): Promise<AddOutcome>;
  jobs(): Promise<readonly JobId[]>;
  /** Ids of a job's products (kind product_image) or videos (kind keyframe), in order. */
  parentsOf(jobId: JobId, kind: AssetKind): Promise<readonly string[]>;
  /** @throws ExpectedError not_found when the product's job is not there */
  ensureProduct(product: NewProduct): Promise<AddOutcome>;
  /** Also assigns the video to the job when it exists already. */
  ensureVideo(video: NewVideo): Promise<AddOutcome>;
  /**
   * `exists` when the same id with the same source file is there.
   * @param place puts the picture's file at `localPath`. Awaited once the id is known to be free and before the row can be seen, while
   * nobody else can add: so a file is never that of another picture, and a row never names a file that is not there. May not write to the
   * store. Not called for `exists`.
   * @throws ExpectedError invalid_input when the id, or the video's time, is taken by another picture; whatever `place` throws: no row is
   * made then
   */
  addAsset(asset: NewAsset, place?: () => Promise<void>): Promise<AddOutcome>;
  /**
   * A row of the pipeline's `matches` with status accepted; `exists` when the match id is there. For the demo: matching is the pipeline's work.
   * @throws ExpectedError not_found when the job, the product, the video, the image or the keyframe is not there
   */
  addMatch(match: NewMatch): Promise<AddOutcome>;
}
