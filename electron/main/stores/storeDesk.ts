import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { hostChannels } from '../../../shared/contracts/host/messages.ts';
import { storeChoiceSchema, type Dropped, type OpenOutcome, type RecentStore, type StoreChoice } from '../../../shared/contracts/host/stores.ts';
import { teamFormSchema, type ConnectionFinding, type TeamForm } from '../../../shared/contracts/host/teamStores.ts';
import { demoStoreFolder, readConfig, throwFaults } from '../../app/config.ts';
import { sentenceOf } from '../../../shared/errors/errors.ts';
import type { CoreConfig } from '../core/protocol.ts';
import { chooseConfigFile, chooseNewStore, chooseStore } from './dialogs.ts';
import { inspectDrop } from './droppedPaths.ts';
import type { RecentStores } from './recentStores.ts';
import { isFreeForStore, isStoreFolder, storeIdOf, storeNameOf } from './storeFolder.ts';
import type { TeamStores } from './teamStores.ts';
import type { Tables } from './teamTables.ts';

export interface StoreDeskParts {
  readonly window: BrowserWindow;
  readonly recents: RecentStores;
  /** Whether a message is our page's own. */
  readonly isOurs: (event: IpcMainInvokeEvent) => boolean;
  /** Connections to teams' stores, and a look at whether one works. */
  readonly teams: TeamStores;
  readonly checkConnection: (tables: Tables) => Promise<readonly ConnectionFinding[]>;
  readonly current: () => string;
  /** False where another window shows the store; that one has come to the front. */
  readonly take: (storeDir: string) => Promise<boolean>;
  /** Shows another store in the window; resolves when the change has begun. */
  readonly open: (config: CoreConfig) => void;
  /** The core's token for what may be imported; null while there is no core. */
  readonly rememberFolder: (folder: string, only: readonly string[] | null) => Promise<string | null>;
}

const refused = (message: string): OpenOutcome => ({ kind: 'refused', message });

/** What the page may ask about stores and dropped files. Paths stay here: the page names stores by ids and folders by tokens. */
export class StoreDesk {
  readonly #parts: StoreDeskParts;

  constructor(parts: StoreDeskParts) {
    this.#parts = parts;
    this.#answer(hostChannels.recentStores, () => this.#list());
    this.#answer(hostChannels.openStore, (input) => this.openChosen(storeChoiceSchema.parse(input)));
    this.#answer(hostChannels.forgetStore, async (input) => {
      const storeId = z.string().parse(input);
      await parts.recents.forget(storeId);
      await parts.teams.forget(storeId);
      return this.#list();
    });
    this.#answer(hostChannels.teamForm, (input) => parts.teams.formOf(z.string().nullable().parse(input)));
    this.#answer(hostChannels.testTeam, async (input) => parts.checkConnection(await parts.teams.tablesOf(teamFormSchema.parse(input))));
    this.#answer(hostChannels.openTeam, (input) => this.#openTeam(teamFormSchema.parse(input)));
    this.#answer(hostChannels.drop, (input) => this.#drop(z.array(z.string().min(1)).max(100_000).parse(input)));
  }

  /** Another store by what the person chose; also asked for by a second start of the app. */
  async openChosen(choice: StoreChoice): Promise<OpenOutcome> {
    const { recents, window } = this.#parts;
    switch (choice.kind) {
      case 'demo':
        return this.#open({ kind: 'folder', storeDir: demoStoreFolder(), create: true });
      case 'known': {
        const location = await recents.locationOf(choice.storeId);
        return location === null ? refused('That store is not in the list any more.') : this.openKnown(location);
      }
      case 'dialog': {
        const folder = await chooseStore(window);
        return folder === null ? { kind: 'cancelled' } : this.openFolder(folder);
      }
      case 'configFile': {
        const configFile = await chooseConfigFile(window);
        return configFile === null ? { kind: 'cancelled' } : this.openConfigFile(configFile);
      }
      case 'new': {
        const folder = await chooseNewStore(window);
        if (folder === null) return { kind: 'cancelled' };
        if (await isStoreFolder(folder)) return this.openFolder(folder);
        return (await isFreeForStore(folder)) ? this.#open({ kind: 'folder', storeDir: folder, create: true }) : refused(`${folder} is not empty. A new store needs an empty folder of its own.`);
      }
    }
  }

  /** A store that was open before, by what names it here. */
  async openKnown(storeDir: string): Promise<OpenOutcome> {
    const { recents, teams } = this.#parts;
    const configFile = await recents.configFileOf(storeIdOf(storeDir));
    if (configFile !== null) return this.openConfigFile(configFile);
    const tables = await teams.rememberedTables(storeDir);
    if (tables === 'locked') return { kind: 'needsSecrets', storeId: storeIdOf(storeDir) };
    return tables === null ? this.openFolder(storeDir) : this.#open({ kind: 'team', storeDir, tables });
  }

  async openConfigFile(configFile: string): Promise<OpenOutcome> {
    const { config, faults } = await readConfig({ configFile });
    try {
      throwFaults(faults);
    } catch (error) {
      return refused(sentenceOf(error));
    }
    const { storeDir } = config;
    return this.#open(config.store.kind === 'sqlite' ? { kind: 'folder', storeDir, create: false } : { kind: 'file', storeDir, configFile });
  }

  async #openTeam(form: TeamForm): Promise<OpenOutcome> {
    const { teams, current } = this.#parts;
    const tables = await teams.tablesOf(form);
    const { config, faults } = await readConfig({ tables });
    const [fault] = faults;
    if (fault !== undefined) return refused(fault.message);
    const { storeDir } = config;
    // One that could not be opened is opened again with what was corrected.
    const outcome = await this.#open({ kind: 'team', storeDir, tables }, storeDir === current());
    if (outcome.kind === 'opened') await teams.remember(storeDir, form);
    return outcome;
  }

  async openFolder(folder: string): Promise<OpenOutcome> {
    return (await isStoreFolder(folder)) ? this.#open({ kind: 'folder', storeDir: folder, create: false }) : refused(`${folder} holds no store. Choose a store’s own folder, the one with its database in it.`);
  }

  async #open(config: CoreConfig, isAgain = false): Promise<OpenOutcome> {
    const { storeDir } = config;
    if (storeDir === this.#parts.current() && !isAgain) return refused(`${storeNameOf(storeDir)} is open in this window.`);
    if (!(await this.#parts.take(storeDir))) return refused(`${storeNameOf(storeDir)} is open in another window, which has come to the front.`);
    this.#parts.open(config);
    return { kind: 'opened' };
  }

  #list(): Promise<readonly RecentStore[]> {
    return this.#parts.recents.list(this.#parts.current());
  }

  async #drop(paths: readonly string[]): Promise<Dropped> {
    try {
      const found = await inspectDrop(paths);
      if (found.kind === 'refused') return found;
      if (found.kind === 'store') return { kind: 'store', storeId: this.#parts.recents.see(found.folder), name: storeNameOf(found.folder) };
      const folderToken = await (found.kind === 'masks' ? this.#parts.rememberFolder(found.path, null) : this.#parts.rememberFolder(found.folder, found.only));
      if (folderToken === null) return { kind: 'refused', message: 'Maskdesk’s core is being started. Drop it once more in a moment.' };
      if (found.kind === 'masks') return { kind: 'masks', folderToken, name: found.name, hasPhotos: found.hasPhotos };
      const { name, files, folders } = found;
      return { kind: 'pictures', folderToken, name, files, folders };
    } catch (error) {
      return { kind: 'refused', message: sentenceOf(error) };
    }
  }

  #answer(channel: string, answer: (input: unknown) => Promise<unknown>): void {
    ipcMain.handle(channel, (event, input: unknown) => (this.#parts.isOurs(event) ? answer(input) : Promise.reject(new Error('not from the page'))));
  }
}
