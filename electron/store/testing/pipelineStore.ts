/**
 * A store as an early installation of the pipeline made it: no masked_local_path, no later columns of jobs, no tables for matches and
 * events; and things of its own that Maskdesk has never heard of. Paths are absolute, as its containers see them.
 */
export const pipelineStoreSql = `
create table jobs (job_id varchar(36) not null, industry varchar(255) not null, phase varchar(50) default 'collection', query text,
  created_at datetime default current_timestamp, updated_at datetime default current_timestamp, primary key (job_id));
create table products (product_id varchar(255) not null primary key, src varchar(50) not null, asin_or_itemid varchar(255) not null,
  title text, brand varchar(255), url text, marketplace varchar(2) not null check (marketplace in ('us', 'de', 'au')), price numeric,
  job_id varchar(255), shelf_life_days int default 7);
create index ix_products_src on products (src);
create table product_images (img_id varchar(255) not null primary key, product_id varchar(255) references products (product_id),
  local_path varchar(500) not null, kp_blob_path text, phash bigint);
create table videos (video_id varchar(255) not null primary key, platform varchar(50) not null, url varchar(500) not null, title text,
  duration_s integer, unique (video_id, platform));
create table video_frames (frame_id varchar(255) not null primary key, video_id varchar(255) references videos (video_id),
  ts float not null, local_path varchar(500) not null, unique (video_id, ts));
create table job_videos (job_id varchar(255) not null, video_id varchar(255) not null, platform varchar(50), primary key (job_id, video_id));
create table alembic_version (version_num varchar(32) not null primary key);
create table audit (at text, what text);
create view long_videos as select * from videos where duration_s > 600;
create trigger remember_products after insert on products begin insert into audit values ('now', new.product_id); end;

insert into alembic_version values ('9f3c');
insert into jobs (job_id, industry, created_at, updated_at) values ('job-a', 'shoes', '2025-01-01', '2025-01-02');
insert into products (product_id, src, asin_or_itemid, title, marketplace, price, job_id) values ('product-1', 'shop', 'A1', 'Boot', 'de', 79.9, 'job-a');
insert into product_images values ('image-1', 'product-1', '/app/data/images/1.jpg', null, -9223372036854775807);
insert into product_images values ('image-2', 'product-1', '/app/data/images/2.jpg', 'kp/2.bin', 12);
insert into videos values ('video-1', 'web', 'https://example.org/v', null, 700);
insert into video_frames values ('frame-1', 'video-1', 4.5, '/app/data/frames/1.jpg');
insert into job_videos values ('job-a', 'video-1', 'web');
`;
