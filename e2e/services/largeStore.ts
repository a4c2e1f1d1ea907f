import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A number that sorts as text as it does by size. */
const nameOf = (number: string): string => `printf('item-%06d', ${number})`;

/**
 * Adds product images to a store past the app, which would take hours: every one shows a picture that the store has, with its mask, and waits
 * for a verdict. Worst first they come in the order of their numbers, `item-000001` before all else.
 * @param likeAssetId a product image with a mask
 */
export const addManyItems = (storeDir: string, count: number, likeAssetId: string): void => {
  const database = new DatabaseSync(join(storeDir, 'maskdesk.db'), { timeout: 5000 });
  const series = `with recursive series (n) as (select 1 union all select n + 1 from series where n < ${count})`;
  try {
    database.exec(`
      pragma synchronous = off;
      pragma foreign_keys = off;
      begin;
      ${series} insert into products (product_id, src, asin_or_itemid, title, marketplace)
        select printf('product-%05d', n), 'shop', 'A' || n, 'Thing number ' || n, 'de' from series where n <= ${Math.ceil(count / 10)};
      ${series} insert into product_images (img_id, product_id, local_path)
        select ${nameOf('n')}, printf('product-%05d', (n + 9) / 10), local_path from series, product_images where img_id = '${likeAssetId}';
      ${series} insert into maskdesk_revisions (revision_id, asset_kind, asset_id, mask_sha256, width_px, height_px, area_px, origin, author, model_id, weights_sha256, threshold, execution_provider, inference_ms, confidence, created_at_ms)
        select 'revision of ' || ${nameOf('n')}, asset_kind, ${nameOf('n')}, mask_sha256, width_px, height_px, area_px, origin, author, model_id, weights_sha256, threshold, execution_provider, inference_ms, confidence, created_at_ms + n
        from series, maskdesk_revisions where revision_id = (select head_revision_id from maskdesk_assets where id = '${likeAssetId}');
      ${series} insert into maskdesk_assets (kind, id, parent_id, state, width_px, height_px, head_revision_id, head_model_id, head_area_share, confidence, suspicion, checks_version, updated_at_ms)
        select kind, ${nameOf('n')}, printf('product-%05d', (n + 9) / 10), 'to_review', width_px, height_px, 'revision of ' || ${nameOf('n')},
          case when n % 100 = 0 then 'another-model' else head_model_id end, head_area_share, 0.5, 1 - n / ${count + 1}.0, 1000000, updated_at_ms + n
        from series, maskdesk_assets where id = '${likeAssetId}';
      insert into maskdesk_checks (revision_id, version, results, suspicion)
        select head_revision_id, checks_version, '[]', suspicion from maskdesk_assets where id like 'item-%';
      commit;`);
  } finally {
    database.close();
  }
};
