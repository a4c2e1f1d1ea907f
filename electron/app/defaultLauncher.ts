import type { InferenceLauncher } from '../inference/launcher.ts';
import { childProcessLauncher } from '../inference/launchers/childProcess.ts';
import { parentPortLauncher, parentPortOfUtility } from '../inference/launchers/parentPort.ts';
import { inferenceEntry } from './inferenceEntry.ts';

/** For hosts that bring none: the command line, which is a plain Node process or, in the packaged app, a utility process of Electron. */
export const defaultLauncher = (): InferenceLauncher => {
  const parentPort = parentPortOfUtility();
  return parentPort === null ? childProcessLauncher({ entry: inferenceEntry() }) : parentPortLauncher(parentPort);
};
