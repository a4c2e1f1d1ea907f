import { z } from 'zod';
import { connectionFindingSchema } from '../../../shared/contracts/host/teamStores.ts';
import type { ErrorWire } from '../../../shared/errors/codec.ts';
import type { PixelAnswer } from '../../handlers/pixelRequests.ts';

/** What main and the core process say to each other; one tagged union a direction. Ports travel beside the message. */
const tables = z.record(z.string(), z.record(z.string(), z.unknown()));
/** What is opened. `storeDir` names it in this window, for locks and lists: an embedded store's folder, or what this machine keeps of a team's. */
export const coreConfigSchema = z.discriminatedUnion('kind', [
  /** `create`: whether the store may be made when it is not there: the demo's own folder alone. */
  z.object({ kind: z.literal('folder'), storeDir: z.string().min(1), create: z.boolean() }),
  /** By a maskdesk.toml; null: by the person's own, and the environment. */
  z.object({ kind: z.literal('file'), storeDir: z.string().min(1), configFile: z.string().min(1).nullable() }),
  /** By tables as of a maskdesk.toml, with secrets: from the dialog and the keychain. */
  z.object({ kind: z.literal('team'), storeDir: z.string().min(1), tables }),
]);
export type CoreConfig = z.infer<typeof coreConfigSchema>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const requestId = z.int();
/** As in electron/inference/role.ts, which a host does not import. */
const inferenceRole = z.enum(['background', 'decoding']);
export type InferenceRole = z.infer<typeof inferenceRole>;
/** As in electron/services/services.ts, whose host this is. */
const pathPurpose = z.enum(['pictures', 'exports', 'auditTrail', 'maskFolder', 'maskFile']);
export type PathPurpose = z.infer<typeof pathPurpose>;

export const toCoreSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), config: coreConfigSchema }),
  /** Instead of start: looks whether a team's store can be reached and used. */
  z.object({ kind: z.literal('checkConnection'), tables }),
  /** With one port: a client of the RPC contract. */
  z.object({ kind: z.literal('rpcPort') }),
  z.object({ kind: z.literal('pixel'), requestId, method: z.string(), path: z.string(), body: bytes.nullable() }),
  /** The asker is gone: the answer need not be sent. */
  z.object({ kind: z.literal('pixelCancel'), requestId }),
  z.object({ kind: z.literal('pathChosen'), requestId, path: z.string().nullable() }),
  /** What was dropped on the window may be imported: asks for its token. */
  z.object({ kind: z.literal('rememberFolder'), requestId, folder: z.string(), only: z.array(z.string()).nullable() }),
  /** Somebody has come back to the window: what the pipeline has added meanwhile should be there. */
  z.object({ kind: z.literal('windowFocused') }),
  /** With one port: the process at its other end is inference. */
  z.object({ kind: z.literal('inferenceStarted'), launchId: z.int() }),
  z.object({ kind: z.literal('inferenceExited'), launchId: z.int(), reason: z.string() }),
  /** Finish what is in hand, release everything, answer `closed`. */
  z.object({ kind: z.literal('close') }),
]);
export type ToCore = z.infer<typeof toCoreSchema>;

export const fromCoreSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), error: z.custom<ErrorWire>((value) => typeof value === 'object' && value !== null) }),
  z.object({ kind: z.literal('connectionChecked'), findings: z.array(connectionFindingSchema) }),
  z.object({ kind: z.literal('pixelAnswer'), requestId, answer: z.custom<PixelAnswer>((value) => typeof value === 'object' && value !== null) }),
  z.object({ kind: z.literal('choosePath'), requestId, purpose: pathPurpose }),
  /** In the system's file manager; what the core wrote, never what the page names. */
  z.object({ kind: z.literal('showInFolder'), path: z.string().min(1) }),
  z.object({ kind: z.literal('folderRemembered'), requestId, folderToken: z.string() }),
  z.object({ kind: z.literal('startInference'), launchId: z.int(), role: inferenceRole }),
  z.object({ kind: z.literal('killInference'), launchId: z.int() }),
  z.object({ kind: z.literal('closed') }),
]);
export type FromCore = z.infer<typeof fromCoreSchema>;
