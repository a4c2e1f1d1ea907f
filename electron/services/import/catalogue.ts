import type { CatalogStore } from '../../../shared/ports/store/catalogStore.ts';
import type { Planned } from './plan.ts';

/**
 * Makes the job and the product or video that a picture belongs to, each once a run. The pipeline's tables want more than a folder
 * tells; an import says: industry `unknown`; src `import`, asin_or_itemid = the product's id, marketplace `us`; platform `import` (unless
 * the mapping names one), url `import:<video_id>` (unless the mapping has one).
 */
export const createCatalogue = (catalog: CatalogStore): ((picture: Planned) => Promise<void>) => {
  const made = new Map<string, Promise<unknown>>();
  const once = (key: string, make: () => Promise<unknown>): Promise<unknown> => {
    let running = made.get(key);
    if (running === undefined) {
      running = make();
      // A failure is this picture's; the next one tries again.
      running.catch(() => made.delete(key));
      made.set(key, running);
    }
    return running;
  };
  return async (picture) => {
    const { jobId } = picture;
    await once(`job ${jobId}`, () => catalog.ensureJob({ jobId, industry: 'unknown' }));
    if (picture.kind === 'product_image') {
      const { productId, title, brand, url } = picture;
      await once(`product ${productId}`, () =>
        catalog.ensureProduct({ productId, jobId, src: 'import', asinOrItemId: productId, title, marketplace: 'us', brand, url }),
      );
      return;
    }
    const { videoId, title, platform, url } = picture;
    await once(`video ${jobId} ${videoId}`, () => catalog.ensureVideo({ videoId, jobId, platform, url: url ?? `import:${videoId}`, title }));
  };
};
