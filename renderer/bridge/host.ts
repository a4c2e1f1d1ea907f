import type { ZoomStep } from '../../shared/contracts/host/messages.ts';
import type { ConnectionFinding, TeamForm, TeamFormSaved } from '../../shared/contracts/host/teamStores.ts';
import type { Dropped, OpenOutcome, RecentStore, StoreChoice } from '../../shared/contracts/host/stores.ts';

/** What only the host can do: other stores, dropped files, the zoom of the whole page. */
export const recentStores = (): Promise<readonly RecentStore[]> => window.maskdesk.recentStores();
export const forgetStore = (storeId: string): Promise<readonly RecentStore[]> => window.maskdesk.forgetStore(storeId);
/** After `opened` the page is saved and loaded anew, on the other store. */
export const openStore = (choice: StoreChoice): Promise<OpenOutcome> => window.maskdesk.openStore(choice);
/** What is known of a connection; never a secret. Null: an empty form. */
export const teamForm = (storeId: string | null): Promise<TeamFormSaved> => window.maskdesk.teamForm(storeId);
/** A line a part: whether what the form says can be reached and used. */
export const testTeam = (form: TeamForm): Promise<readonly ConnectionFinding[]> => window.maskdesk.testTeam(form);
/** As openStore; the connection is remembered. */
export const openTeam = (form: TeamForm): Promise<OpenOutcome> => window.maskdesk.openTeam(form);
/** Main looks at what was dropped and gives a token for what may be imported. */
export const takeDrop = (files: readonly File[]): Promise<Dropped> => window.maskdesk.drop(files);
export const zoomPage = (step: ZoomStep): void => window.maskdesk.zoomPage(step);
/** Private bytes of this page's process. */
export const privateBytes = (): Promise<number> => window.maskdesk.privateBytes();
