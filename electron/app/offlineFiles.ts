/** For a host whose store could not be opened: what of this machine waits for it. */
export { awayPartOf } from '../services/offline/reachability.ts';
export { countShelf } from '../services/offline/shelf.ts';
export { shelfFolderOf } from '../services/offline/offlineService.ts';
