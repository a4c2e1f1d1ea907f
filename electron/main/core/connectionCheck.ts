import { utilityProcess } from 'electron';
import type { ConnectionFinding } from '../../../shared/contracts/host/teamStores.ts';
import { endProcess } from './endProcess.ts';
import { fromCoreSchema, type ToCore } from './protocol.ts';

type Tables = Extract<ToCore, { readonly kind: 'checkConnection' }>['tables'];

/** Servers that never answer are given up by then. */
const longestMs = 90_000;

/** Looks at a team's store in a process of its own: the store that is open goes on, and a server that hangs hangs nobody. Never rejects. */
export const checkConnection = (coreEntry: string, tables: Tables): Promise<readonly ConnectionFinding[]> =>
  new Promise((resolve) => {
    const child = utilityProcess.fork(coreEntry, [], { serviceName: 'Maskdesk connection check', stdio: 'inherit' });
    const done = (findings: readonly ConnectionFinding[]): void => {
      clearTimeout(tooLong);
      resolve(findings);
      endProcess(child);
    };
    const unanswered = (message: string): readonly ConnectionFinding[] => [{ part: 'store', isOk: false, message, fix: 'Check address and port, and try again.' }];
    const tooLong = setTimeout(() => done(unanswered('The servers did not answer in time.')), longestMs);
    child.on('message', (message: unknown) => {
      const parsed = fromCoreSchema.safeParse(message);
      if (parsed.success && parsed.data.kind === 'connectionChecked') done(parsed.data.findings);
    });
    child.once('exit', () => done(unanswered('The check ended before it had an answer.')));
    child.postMessage({ kind: 'checkConnection', tables } satisfies ToCore);
  });
