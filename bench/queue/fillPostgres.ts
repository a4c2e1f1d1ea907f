/**
 * Rows of a PostgreSQL store of any size, as SQL: as many and as alike as SQLite's (fillStore.ts). 40 % product images (4 a product), 60 % keyframes
 * (40 a video), 20 jobs; 9 of 10 have a mask by one of three models, a third of these a verdict by one of six reviewers.
 */
export const fillPostgresSql = (assets: number, nowMs: number): string => {
  const images = Math.round(assets * 0.4);
  const keyframes = assets - images;
  const spanMs = 30 * 24 * 3_600_000;
  /** Evenly spread from 0 to 999 by the row's number: each salt is another spread. */
  const random = (salt: number): string => `((hashint8extended(n, ${salt}) & 1073741823) % 1000)`;
  const pick = (salt: number, choices: readonly (readonly [share: number, value: string])[]): string => {
    let below = 0;
    return `case ${choices.map(([share, value]) => `when ${random(salt)} < ${(below += share)} then '${value}'`).join(' ')} end`;
  };
  const states = pick(1, [[550, 'to_review'], [250, 'approved'], [90, 'rejected'], [10, 'failed'], [100, 'unsegmented']]);
  const models = pick(2, [[600, 'isnet-quint8'], [300, 'birefnet-lite'], [100, 'u2netp']]);
  const reviewers = pick(3, [[400, 'Ana'], [250, 'Borys'], [150, 'Chiara'], [100, 'Dunja'], [70, 'Émile'], [30, 'Zoë']]);
  const reasons = pick(4, [[300, 'person_kept'], [200, 'part_missing'], [200, 'background_kept'], [100, 'rough_edge'], [100, 'holes'], [60, 'text_kept'], [40, 'bad_photo']]);
  const flags = `case when ${random(5)} < 700 then 0 when ${random(5)} < 800 then 4 when ${random(5)} < 880 then 8 when ${random(5)} < 940 then 16 when ${random(5)} < 990 then 32 else 1 end`;
  const things = `(array['Trail boot', 'Größe XL Rucksack', 'Чайник стальной', 'Desk lamp', 'Canvas shoe', 'Kaffeemühle', 'Steel bottle'])[n % 7 + 1]`;
  const hasMask = `state in ('to_review', 'approved', 'rejected')`;
  const insertAssets = (count: number, kind: string, id: string, parent: string, salt: number): string => `
    insert into maskdesk.assets (kind, id, parent_id, state, width_px, height_px, head_revision_id, head_model_id, head_area_share, confidence, suspicion, check_flags, checks_version, reason, reviewer, updated_at_ms)
    select '${kind}', ${id}, ${parent}, state, 1600, 1200, case when ${hasMask} then 'revision ' || n end, case when ${hasMask} then model end, ${random(6)} / 1000.0, ${random(7)} / 1000.0,
      case when ${hasMask} then ${random(8)} / 1000.0 end, case when ${hasMask} then ${flags} else 0 end, 1,
      case state when 'rejected' then ${reasons} when 'failed' then 'The photo could not be read: it ends before the picture does.' end,
      case when state in ('approved', 'rejected') then reviewer end, ${nowMs - spanMs} + n * ${Math.max(1, Math.floor(spanMs / assets))}
    from (select n, ${states} as state, ${models} as model, ${reviewers} as reviewer from generate_series(${salt}::bigint, ${salt + count - 1}) as n) as drawn;`;
  const imageId = `'img-' || lpad(n::text, 7, '0')`;
  const frameId = `'frame-' || lpad((n - ${images})::text, 7, '0')`;
  return `
    set search_path to public;
    set session_replication_role = replica;
    insert into jobs (job_id, industry) select 'job-' || n, 'shop' from generate_series(0, 19) as n;
    insert into products (product_id, src, asin_or_itemid, title, marketplace, job_id)
      select 'product-' || lpad(n::text, 6, '0'), 'shop', 'A' || n, ${things} || ' ' || n, 'de', 'job-' || (n % 20) from generate_series(0, ${Math.ceil(images / 4) - 1}) as n;
    insert into videos (video_id, platform, url, title) select 'video-' || lpad(n::text, 5, '0'), 'web', 'https://example.org/' || n, 'Review of ' || ${things} || ' ' || n
      from generate_series(0, ${Math.ceil(keyframes / 40) - 1}) as n;
    insert into job_videos (job_id, video_id, platform) select 'job-' || (substr(video_id, 7)::integer % 20), video_id, 'web' from videos;
    insert into product_images (img_id, product_id, local_path)
      select ${imageId}, 'product-' || lpad((n / 4)::text, 6, '0'), 'data/images/photo.png' from generate_series(0, ${images - 1}) as n;
    insert into video_frames (frame_id, video_id, ts, local_path)
      select 'frame-' || lpad(n::text, 7, '0'), 'video-' || lpad((n / 40)::text, 5, '0'), (n % 40) * 1.5, 'data/images/photo.png' from generate_series(0, ${keyframes - 1}) as n;
    ${insertAssets(images, 'product_image', imageId, `'product-' || lpad((n / 4)::text, 6, '0')`, 0)}
    ${insertAssets(keyframes, 'keyframe', frameId, `'video-' || lpad(((n - ${images}) / 40)::text, 5, '0')`, images)}
    insert into maskdesk.asset_group_parts select kind, state, coalesce(head_model_id, ''), coalesce(reviewer, ''), case state when 'rejected' then coalesce(reason, '') else '' end,
      has_draft, check_flags, count(*) from maskdesk.assets group by 1, 2, 3, 4, 5, 6, 7;
    set session_replication_role = default;`;
};
