import { randomUUID } from 'node:crypto';
import { createLogger } from '../base/logger.ts';
import { systemClock } from '../base/systemClock.ts';
import type { ConnectionFinding } from '../../shared/contracts/host/teamStores.ts';
import { isExpected, sentenceOf } from '../../shared/errors/errors.ts';
import { ownBlobsFolder } from '../../shared/domain/blobKeys.ts';
import type { AppConfig } from './config.ts';
import { openBlobsPart, openBrokerPart, openStorePart } from './openParts.ts';

const ok = (part: string, message: string): ConnectionFinding => ({ part, isOk: true, message, fix: null });
const failed = (part: string, error: unknown, fix: string): ConnectionFinding => ({ part, isOk: false, message: sentenceOf(error), fix });

/** What to do about a part that can not be reached or used, by the error's code. */
const fixOf = (error: unknown, otherwise: string): string => {
  if (isExpected(error, 'store_unreachable') || isExpected(error, 'blobs_unreachable') || isExpected(error, 'broker_unreachable')) return 'Check address and port, and whether the server runs and a firewall lets you through.';
  if (isExpected(error, 'permission_denied')) return 'Check user and password, and what the role or key may do (docs/operations.md).';
  if (isExpected(error, 'store_newer')) return 'Update Maskdesk: a newer version has worked on this store.';
  return otherwise;
};

export const checkStorePart = async (config: AppConfig): Promise<readonly ConnectionFinding[]> => {
  try {
    const store = await openStorePart({ ...config, create: false, readOnly: true }, systemClock);
    try {
      const { ok: isOk, findings, schemaVersion } = await store.health();
      return [isOk ? ok('store', `${store.location}, schema ${schemaVersion}`) : { part: 'store', isOk: false, message: findings.join(' '), fix: 'maskdesk recover' }];
    } finally {
      await store.close();
    }
  } catch (error) {
    return [failed('store', error, fixOf(error, 'See the sentence; the store is made, or brought up to date, by: maskdesk init --config FILE'))];
  }
};

/** Writes, reads and removes a small file, as approvals do. */
export const checkBlobsPart = async (config: AppConfig): Promise<readonly ConnectionFinding[]> => {
  const key = `${ownBlobsFolder}/check-${randomUUID()}`;
  const bytes = new TextEncoder().encode('written by a check of the connection');
  try {
    const blobs = await openBlobsPart({ ...config, create: false }, () => undefined);
    await blobs.put(key, bytes);
    const back = await blobs.get(key).finally(() => blobs.remove(key));
    return [back.length === bytes.length ? ok('files', `${blobs.location} can be written and read`) : { part: 'files', isOk: false, message: `${blobs.location} gave back something else than was written`, fix: 'Check the object store.' }];
  } catch (error) {
    return [failed('files', error, fixOf(error, 'Check the folder or the bucket, and who may write to it.'))];
  }
};

export const checkBrokerPart = async (config: AppConfig): Promise<readonly ConnectionFinding[]> => {
  if (config.broker.kind !== 'rabbitmq') return [];
  try {
    const broker = await openBrokerPart(config, systemClock, createLogger('maskdesk', 'silent'), 'maskdesk check');
    try {
      const depths = (await broker.consumer?.depths([])) ?? [];
      return [ok('broker', `${broker.location}, exchange ${config.broker.exchange}${depths.length === 0 ? '' : `, ${depths.length} queues`}`)];
    } finally {
      await broker.close();
    }
  } catch (error) {
    return [failed('broker', error, fixOf(error, 'Check address, user and virtual host, and whether the exchange runs as a durable topic exchange.'))];
  }
};

/** Every part of a team's store at once, changing nothing that stays. Never rejects. */
export const checkConnections = async (config: AppConfig): Promise<readonly ConnectionFinding[]> => (await Promise.all([checkStorePart(config), checkBlobsPart(config), checkBrokerPart(config)])).flat();
