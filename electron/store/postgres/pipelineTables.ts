/**
 * The pipeline's own tables (contracts.md A), for a database that has none yet. Without the vector columns: the pipeline adds them where it has
 * pgvector.
 */
export const pipelineTablesSql = `
create type marketplace as enum ('us', 'de', 'au');
create table jobs (
  job_id varchar(255) not null primary key, industry varchar(255) not null, phase varchar(50) not null default 'collection', query text, queries jsonb,
  created_at timestamptz default now(), updated_at timestamptz default now(),
  cancelled_at timestamptz, deleted_at timestamptz, cancelled_by varchar(255), deleted_by varchar(255));
create table products (
  product_id varchar(255) not null primary key, src varchar(255) not null, asin_or_itemid varchar(255) not null, title text, brand varchar(255), url text,
  marketplace marketplace not null, price numeric, job_id varchar(255), created_at timestamptz default now());
create index idx_products_job_id on products (job_id);
create table product_images (
  img_id varchar(255) not null primary key, product_id varchar(255) references products (product_id), local_path varchar(500) not null,
  masked_local_path varchar(500), kp_blob_path varchar(500), phash bigint, image_url_remote text, created_at timestamptz default now());
create index idx_product_images_product_id on product_images (product_id);
create table videos (
  video_id varchar(255) not null primary key, platform varchar(50) not null, url text not null, title text, duration_s integer,
  created_at timestamptz default now(), unique (video_id, platform));
create table video_frames (
  frame_id varchar(255) not null primary key, video_id varchar(255) references videos (video_id), ts double precision not null,
  local_path varchar(500) not null, masked_local_path varchar(500), kp_blob_path varchar(500), created_at timestamptz default now(), unique (video_id, ts));
create table job_videos (
  job_id varchar(255) not null, video_id varchar(255) not null, platform varchar(50), assigned_at timestamptz default now(), primary key (job_id, video_id));
create index idx_job_videos_video_id on job_videos (video_id);
create table matches (
  match_id varchar(255) not null primary key, job_id varchar(255) not null, product_id varchar(255) references products (product_id),
  video_id varchar(255) references videos (video_id), best_img_id varchar(255) references product_images (img_id),
  best_frame_id varchar(255) references video_frames (frame_id), ts double precision, score double precision not null, evidence_path varchar(500),
  status varchar(50) default 'accepted', created_at timestamptz default now());
create index idx_matches_best_img_id on matches (best_img_id);
create index idx_matches_best_frame_id on matches (best_frame_id);
create table phase_events (
  event_id varchar(255) not null primary key, job_id varchar(255), name varchar(255), received_at timestamptz default now(), payload jsonb);
create table processed_events (
  event_id varchar(255) unique, event_type varchar(255) not null, dedup_key varchar(255), processed_at timestamptz default now(),
  created_at timestamptz default now(), unique (event_type, dedup_key));
`;

/** Tables that our statements name and that an early installation may lack: an empty one of ours in the schema maskdesk stands in until the pipeline makes its own. */
export const standInsSql: Readonly<Record<string, string>> = {
  videos: 'create table maskdesk.videos (video_id text not null primary key, platform text not null, url text not null, title text)',
  video_frames: `create table maskdesk.video_frames (frame_id text not null primary key, video_id text, ts double precision not null, local_path text not null,
    masked_local_path text, unique (video_id, ts))`,
  job_videos: 'create table maskdesk.job_videos (job_id text not null, video_id text not null, platform text, primary key (job_id, video_id))',
  matches: `create table maskdesk.matches (match_id text not null primary key, job_id text not null, product_id text, video_id text, best_img_id text,
    best_frame_id text, ts double precision, score double precision not null, status text)`,
};

/** What every installation has; without them a database is no pipeline's. */
export const essentialTables: readonly string[] = ['jobs', 'products', 'product_images'];

/** Whose rows are assets, with a column for the path of the mask. */
export const assetTables: readonly string[] = ['product_images', 'video_frames'];
