import { readFileSync } from 'node:fs';

/**
 * A PostgreSQL database as an early installation of the pipeline made it: no masked_local_path, no later columns of jobs, an enum, no tables for matches
 * and events; and things of its own that Maskdesk has never heard of. Paths are absolute, as its containers see them.
 */
export const pipelineDatabaseSql = `
create type marketplace as enum ('us', 'de', 'au');
create table jobs (job_id varchar(36) primary key, industry varchar(255) not null, phase varchar(50) default 'collection', query text, queries jsonb,
  created_at timestamp default now(), updated_at timestamp default now());
create table products (product_id varchar(255) primary key, src varchar(50) not null, asin_or_itemid varchar(255) not null, title text, brand varchar(255),
  url text, marketplace marketplace not null, price numeric(10, 2), job_id varchar(255), created_at timestamp default now(), shelf_life_days int default 7);
create index ix_products_src on products (src);
create table product_images (img_id varchar(255) primary key, product_id varchar(255) references products (product_id), local_path varchar(500) not null,
  kp_blob_path varchar(500), phash bigint, created_at timestamp default now());
create table videos (video_id varchar(255) primary key, platform varchar(50) not null, url varchar(500) not null, title text, duration_s integer,
  created_at timestamp default now(), unique (video_id, platform));
create table video_frames (frame_id varchar(255) primary key, video_id varchar(255) references videos (video_id), ts float not null,
  local_path varchar(500) not null, kp_blob_path varchar(500), created_at timestamp default now(), unique (video_id, ts));
create table job_videos (job_id varchar(36) not null, video_id varchar(255) not null, platform varchar(50), primary key (job_id, video_id));
create table alembic_version (version_num varchar(32) primary key);
create table audit (at text, what text);
create view long_videos as select * from videos where duration_s > 600;
create function remember() returns trigger language plpgsql as $$ begin insert into audit values ('now', new.product_id); return new; end $$;
create trigger remember_products after insert on products for each row execute function remember();

insert into alembic_version values ('9f3c');
insert into jobs (job_id, industry) values ('job-a', 'shoes');
insert into products (product_id, src, asin_or_itemid, title, marketplace, price, job_id) values ('product-1', 'shop', 'A1', 'Boot', 'de', 79.9, 'job-a');
insert into product_images (img_id, product_id, local_path, phash) values ('image-1', 'product-1', '/app/data/images/1.jpg', -9223372036854775807);
insert into product_images (img_id, product_id, local_path) values ('image-2', 'product-1', '/app/data/images/2.jpg');
insert into videos values ('video-1', 'web', 'https://example.org/v', null, 700);
insert into video_frames (frame_id, video_id, ts, local_path) values ('frame-1', 'video-1', 4.5, '/app/data/frames/1.jpg');
insert into job_videos values ('job-a', 'video-1', 'web');
`;

/**
 * What docs/operations.md tells an owner to run ("Database role"), word for word but for the names, for a role that is there already.
 * @param nth of the statements' blocks: 0 for who reviews, 1 for who imports too
 */
export const roleGrantsSql = (role: string, database: string, nth = 0): string => {
  const text = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const section = text.slice(text.indexOf('## Database role'), text.indexOf('## Watching'));
  const block = [...section.matchAll(/```sql\n(.*?)```/gs)][nth]?.[1] ?? '';
  return block
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('create role') && !line.includes('where it is there'))
    .join('\n')
    .replaceAll('reviewer', role)
    .replaceAll('database pipeline', `database ${database}`);
};
