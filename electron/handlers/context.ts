import { implement } from '@orpc/server';
import { contract } from '../../shared/contracts/rpc/index.ts';
import type { HostDialogs, Services } from '../services/services.ts';
import type { FinishedExports } from './finishedExports.ts';
import type { FolderTokens } from './folderTokens.ts';

/** What every handler may use: the services, and the host's dialogs where there is a window. */
export interface HandlerContext {
  readonly services: Services;
  readonly dialogs: HostDialogs;
  readonly folders: FolderTokens;
  readonly finished: FinishedExports;
}

/** The contract, ready to be implemented: a handler that is missing or mistyped does not compile. */
export const rpc = implement(contract).$context<HandlerContext>();
