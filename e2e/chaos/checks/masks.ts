import { publishedRevision } from '../../../shared/domain/publication.ts';
import { assetName, type AssetOutcome, type IntakeRow, type Outcome } from '../outcome.ts';
import type { Checker } from './checker.ts';
import { mayHaveBeenRejected, standingOf } from './rules.ts';

/** Every asset has exactly the mask that the rules say, where its row says. */
export const checkMasks = (checker: Checker, { assets, intake }: Outcome): void => {
  const rowsOf = Map.groupBy(intake, ({ asset }) => assetName(asset));
  for (const asset of assets) checkMask(checker, asset, rowsOf.get(assetName(asset.planned)) ?? []);
};

const checkMask = (checker: Checker, { planned: { id, isCorrupt }, known }: AssetOutcome, rows: readonly IntakeRow[]): void => {
  checker.that('mask', known !== null, () => `${id}: Maskdesk does not know it`);
  const [row] = rows;
  checker.that('mask', rows.length === 1, () => `${id}: it is in ${rows.length} messages; it was announced in one, however often that was sent`);
  if (known === null || row === undefined) return;
  const { maskedLocalPath, verdicts, publications, revisions, fileSha256 } = known;
  const models = revisions.filter(({ origin }) => origin === 'model');
  if (isCorrupt) {
    checker.that('mask', models.length === 0 && maskedLocalPath === null && fileSha256 === null, () => `${id}: its photo is corrupt, and it has a mask`);
    checker.that('mask', row.state === 'failed' && row.errorCode !== 'rejected', () => `${id}: its photo is corrupt, and it is ${row.state} (${row.errorCode})`);
    return;
  }
  checker.that('mask', models.length === 1, () => `${id}: ${models.length} masks of the model; one was to be made`);
  const isStored = row.state === 'stored';
  checker.that('mask', isStored || (row.state === 'failed' && row.errorCode === 'rejected'), () => `${id}: nothing is wrong with its photo, and it is ${row.state} (${row.errorCode})`);
  // The one reason for which a sound picture is not stored (docs/intake.md): somebody had rejected the mask before the worker could publish it.
  if (!isStored) checker.that('mask', mayHaveBeenRejected(verdicts, row.settledAtMs ?? 0), () => `${id}: counted as rejected at ${row.settledAtMs}, when nobody had`);

  const byWorker = publications.some(({ rank, state, revisionId }) => rank === 'model' && state === 'published' && revisionId !== null && revisionId === models[0]?.revisionId);
  if (isStored && row.byPublication) checker.that('mask', byWorker, () => `${id}: stored by a publication that is none`);
  const standing = standingOf(verdicts);
  // Without a verdict that stands: what a worker has published, also after a reopening or an undo; else nothing has ever been public.
  const wanted = standing.approved ?? (standing.state === null && byWorker ? (models[0]?.revisionId ?? null) : null);
  if (verdicts.length === 0) checker.that('mask', byWorker, () => `${id}: nobody judged it, and no worker has published its mask`);
  const published = publishedRevision(publications);
  checker.that('mask', published === wanted, () => `${id}: published is ${published}, right is ${wanted} (${standing.state ?? 'no verdict stands'})`);
  const revision = revisions.find(({ revisionId }) => revisionId === wanted);
  if (wanted === null) {
    checker.that('mask', maskedLocalPath === null, () => `${id}: nothing is to be public, yet its row names ${maskedLocalPath}`);
    checker.that('mask', fileSha256 === null, () => `${id}: nothing is to be public, yet there is a file`);
    return;
  }
  checker.that('mask', maskedLocalPath !== null, () => `${id}: its row names no mask`);
  checker.that('mask', revision !== undefined && fileSha256 === revision.maskSha256, () => `${id}: the file at ${maskedLocalPath} is ${fileSha256 === null ? 'missing' : 'another mask than the one that stands'}`);
};
