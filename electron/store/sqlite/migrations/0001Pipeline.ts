import type { Database } from 'better-sqlite3';

/**
 * The pipeline's own tables (contracts.md A), where they are missing; a store that the pipeline made keeps every one of its own as it is.
 * Vectors are blobs, jsonb is text. Tables that are made here get indexes for our joins too: in the pipeline's own that would be a change
 * of theirs.
 */
const tables: readonly { readonly name: string; readonly columns: string; readonly indexes?: readonly string[] }[] = [
  {
    name: 'jobs',
    columns: `job_id text not null primary key, industry text not null, phase text not null default 'collection', query text, queries text,
      created_at text default current_timestamp, updated_at text default current_timestamp,
      cancelled_at text, deleted_at text, cancelled_by text, deleted_by text`,
  },
  {
    name: 'products',
    columns: `product_id text not null primary key, src text not null, asin_or_itemid text not null, title text, brand text, url text,
      marketplace text not null check (marketplace in ('us', 'de', 'au')), price real, job_id text,
      created_at text default current_timestamp`,
    indexes: ['create index idx_products_job_id on products (job_id)'],
  },
  {
    name: 'product_images',
    columns: `img_id text not null primary key, product_id text references products (product_id), local_path varchar(500) not null,
      masked_local_path varchar(500), kp_blob_path text, phash integer, image_url_remote text, emb_rgb blob, emb_gray blob,
      created_at text default current_timestamp`,
    indexes: ['create index idx_product_images_product_id on product_images (product_id)'],
  },
  {
    name: 'videos',
    columns: `video_id text not null primary key, platform text not null, url text not null, title text, duration_s integer,
      created_at text default current_timestamp, unique (video_id, platform)`,
  },
  {
    name: 'video_frames',
    columns: `frame_id text not null primary key, video_id text references videos (video_id), ts float not null, local_path varchar(500) not null,
      masked_local_path varchar(500), kp_blob_path text, emb_rgb blob, emb_gray blob,
      created_at text default current_timestamp, unique (video_id, ts)`,
  },
  {
    name: 'job_videos',
    columns: `job_id text not null, video_id text not null, platform text, assigned_at text default current_timestamp,
      primary key (job_id, video_id)`,
    indexes: ['create index idx_job_videos_video_id on job_videos (video_id)'],
  },
  {
    name: 'matches',
    columns: `match_id text not null primary key, job_id text not null, product_id text references products (product_id),
      video_id text references videos (video_id), best_img_id text references product_images (img_id),
      best_frame_id text references video_frames (frame_id), ts float, score float not null, evidence_path text,
      status text default 'accepted', created_at text default current_timestamp`,
    indexes: [
      'create index idx_matches_best_img_id on matches (best_img_id)',
      'create index idx_matches_best_frame_id on matches (best_frame_id)',
    ],
  },
  {
    name: 'phase_events',
    columns: 'event_id text not null primary key, job_id text, name text, received_at text default current_timestamp, payload text',
  },
  {
    name: 'processed_events',
    columns: `event_id text unique, event_type text not null, dedup_key text, processed_at text default current_timestamp,
      created_at text default current_timestamp, unique (event_type, dedup_key)`,
  },
];

const hasTable = (database: Database, name: string): boolean =>
  database.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`).get(name) !== undefined;

const hasColumn = (database: Database, table: string, column: string): boolean =>
  database.prepare('select 1 from pragma_table_info(?) where name = ?').get(table, column) !== undefined;

const addMaskedPath = (database: Database, table: 'product_images' | 'video_frames'): void => {
  if (!hasColumn(database, table, 'masked_local_path')) database.exec(`alter table ${table} add column masked_local_path varchar(500)`);
  database.exec(
    `create index if not exists idx_${table}_masked_path on ${table} (masked_local_path) where masked_local_path is not null`,
  );
};

export const pipelineTables = {
  version: 1,
  name: 'pipeline tables and masked_local_path',
  apply: (database: Database): void => {
    for (const table of tables) {
      if (hasTable(database, table.name)) continue;
      database.exec(`create table ${table.name} (${table.columns})`);
      for (const index of table.indexes ?? []) database.exec(index);
    }
    addMaskedPath(database, 'product_images');
    addMaskedPath(database, 'video_frames');
  },
};
