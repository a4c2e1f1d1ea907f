import type { Sha256 } from '../../shared/domain/ids.ts';

const primes = [2654435761, 2246822519, 3266489917, 668265263, 374761393, 2860486313, 3267000013, 1500450271, 1000000007];

/**
 * Rows of a store of any size, as SQL: through the app a million would take hours. The same at every run. 40 % product images (4 a product),
 * 60 % keyframes (40 a video), 20 jobs; 9 of 10 have a mask by one of three models, a third of these a verdict by one of six reviewers;
 * two verdicts an asset with one, a quarter of them taken back or judged again.
 * @param maskSha256 the blob that every revision names
 */
export const fillStoreSql = (assets: number, maskSha256: Sha256, nowMs: number): string => {
  const images = Math.round(assets * 0.4);
  const keyframes = assets - images;
  const series = (count: number): string => `with recursive series (n) as (select 0 union all select n + 1 from series where n < ${count - 1})`;
  /** Evenly spread from 0 to 999 by the row's number: each salt is another spread. */
  const random = (salt: number): string => `(((n + 17) * ${primes[salt]} >> 13) % 1000)`;
  const pick = (salt: number, choices: readonly (readonly [share: number, sql: string])[]): string => {
    let below = 0;
    const whens = choices.map(([share, value]) => `when ${random(salt)} < ${(below += share)} then ${value}`);
    return `case ${whens.join(' ')} else null end`;
  };
  const states = pick(1, [[550, `'to_review'`], [250, `'approved'`], [90, `'rejected'`], [10, `'failed'`], [100, `'unsegmented'`]]);
  const models = pick(2, [[600, `'isnet-quint8'`], [300, `'birefnet-lite'`], [100, `'u2netp'`]]);
  const reviewers = pick(3, [[400, `'Ana'`], [250, `'Borys'`], [150, `'Chiara'`], [100, `'Dunja'`], [70, `'Émile'`], [30, `'Zoë'`]]);
  const reasons = pick(4, [[300, `'person_kept'`], [200, `'part_missing'`], [200, `'background_kept'`], [100, `'rough_edge'`], [100, `'holes'`], [60, `'text_kept'`], [40, `'bad_photo'`]]);
  const flags = pick(5, [[700, '0'], [100, '4'], [80, '8'], [60, '16'], [30, '32'], [20, '12'], [10, '1']]);
  const things = `case n % 7 when 0 then 'Trail boot' when 1 then 'Größe XL Rucksack' when 2 then 'Чайник стальной' when 3 then 'Desk lamp' when 4 then 'Canvas shoe' when 5 then 'Kaffeemühle' else 'Steel bottle' end`;
  const hasMask = `state in ('to_review', 'approved', 'rejected')`;
  const spanMs = 30 * 24 * 3_600_000;

  const insertAssets = (count: number, kind: string, id: string, parent: string, salt: number): string => `
    ${series(count)}, drawn as (select n, ${states} as state, ${models} as model, ${reviewers} as reviewer from (select n + ${salt} as n from series))
    insert into maskdesk_assets (kind, id, parent_id, state, width_px, height_px, head_revision_id, head_model_id, head_area_share, confidence, suspicion, check_flags, checks_version, reason, reviewer, updated_at_ms)
    select '${kind}', ${id}, ${parent}, state, 1600, 1200,
      case when ${hasMask} then 'revision ' || n end, case when ${hasMask} then model end, ${random(6)} / 1000.0, ${random(7)} / 1000.0,
      case when ${hasMask} then ${random(8)} / 1000.0 end, case when ${hasMask} then ${flags} else 0 end, 1,
      case state when 'rejected' then ${reasons} when 'failed' then 'The photo could not be read: it ends before the picture does.' end,
      case when state in ('approved', 'rejected') then reviewer end, ${nowMs - spanMs} + n * ${Math.max(1, Math.floor(spanMs / assets))}
    from drawn;`;

  return `
    pragma synchronous = off;
    pragma foreign_keys = off;
    begin;
    ${series(20)} insert into jobs (job_id, industry) select 'job-' || n, 'shop' from series;
    ${series(Math.ceil(images / 4))} insert into products (product_id, src, asin_or_itemid, title, marketplace, job_id)
      select printf('product-%06d', n), 'shop', 'A' || n, ${things} || ' ' || n, 'de', 'job-' || (n % 20) from series;
    ${series(Math.ceil(keyframes / 40))} insert into videos (video_id, platform, url, title)
      select printf('video-%05d', n), 'web', 'https://example.org/' || n, 'Review of ' || ${things} || ' ' || n from series;
    insert into job_videos (job_id, video_id, platform) select 'job-' || (rowid % 20), video_id, 'web' from videos;
    ${series(images)} insert into product_images (img_id, product_id, local_path)
      select printf('img-%07d', n), printf('product-%06d', n / 4), 'data/images/photo.png' from series;
    ${series(keyframes)} insert into video_frames (frame_id, video_id, ts, local_path)
      select printf('frame-%07d', n), printf('video-%05d', n / 40), (n % 40) * 1.5, 'data/images/photo.png' from series;
    ${insertAssets(images, 'product_image', `printf('img-%07d', n)`, `printf('product-%06d', n / 4)`, 0)}
    ${insertAssets(keyframes, 'keyframe', `printf('frame-%07d', n - ${images})`, `printf('video-%05d', (n - ${images}) / 40)`, images)}
    insert into maskdesk_revisions (revision_id, asset_kind, asset_id, mask_sha256, width_px, height_px, area_px, origin, author, model_id, weights_sha256, threshold, execution_provider, inference_ms, confidence, created_at_ms)
      select head_revision_id, kind, id, '${maskSha256}', 1600, 1200, 400000, 'model', head_model_id, head_model_id, '', 0.5, 'cpu', 90, confidence, updated_at_ms
      from maskdesk_assets where head_revision_id is not null;
    insert into maskdesk_verdicts (verdict_id, asset_kind, asset_id, revision_id, verdict, reason, reviewer, head_after, judged_model_id, parent_id, created_at_ms)
      select 'verdict ' || round || ' ' || id, kind, id, head_revision_id, case state when 'approved' then 'approve' else 'reject' end, case round when 1 then reason end,
        reviewer, head_revision_id, head_model_id, parent_id, updated_at_ms - 2000000 + round * 1000000
      from maskdesk_assets, (select 0 as round union all select 1) where state in ('approved', 'rejected') order by updated_at_ms + round;
    commit;`;
};
