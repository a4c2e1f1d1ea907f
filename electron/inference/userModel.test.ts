import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { createModelStore } from './modelStore.ts';
import { describeUserModel } from './userModel.ts';

const bytes = randomBytes(50_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
let folder: string;
let server: Server;
let address: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-user-model-'));
  await mkdir(join(folder, 'app', 'models'), { recursive: true });
  await writeFile(join(folder, 'RMBG 2 (mine).onnx'), bytes);
  server = createServer((_request, response) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/weights/model.onnx`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});
const open = () => createModelStore({ appFolder: join(folder, 'app'), cacheFolder: join(folder, 'cache'), dataFolder: join(folder, 'data'), defaultModelId: asId<ModelId>('x') });

it('takes a file, shows its licence and places it', async () => {
  const file = join(folder, 'RMBG 2 (mine).onnx');
  const { id, licence } = await describeUserModel(join(folder, 'data'), { file, family: 'rmbg-2.0' });
  expect(id).toBe('rmbg-2-mine');
  expect(licence.note).toContain('Non-commercial');
  const store = open();
  expect(await store.list()).toMatchObject([{ modelId: id, state: 'missing', licenceNote: licence.note }]);
  await store.pull(id);
  expect(await readFile(await store.pathOf(id))).toEqual(bytes);
  await expect(describeUserModel(join(folder, 'data'), { file, family: 'birefnet' })).rejects.toMatchObject({ code: 'invalid_input' });
});

it('takes a URL only with the digest that its bytes then have', async () => {
  const data = join(folder, 'data');
  await expect(describeUserModel(data, { url: address, family: 'birefnet' })).rejects.toMatchObject({ code: 'invalid_input' });
  const { id } = await describeUserModel(data, { url: address, sha256, family: 'birefnet' });
  await open().pull(id);
  expect((await open().verify(id)).state).toBe('ready');
  const other = await describeUserModel(data, { url: address, sha256: '0'.repeat(64), family: 'birefnet', id: 'other' });
  await expect(open().pull(other.id)).rejects.toMatchObject({ code: 'model_corrupt' });
  expect((await open().list()).find(({ modelId }) => modelId === other.id)?.state).toBe('missing');
});

it('refuses what names no weights', async () => {
  const data = join(folder, 'data');
  await expect(describeUserModel(data, { family: 'birefnet' })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(describeUserModel(data, { file: join(folder, 'none.onnx'), family: 'birefnet' })).rejects.toMatchObject({ code: 'file_unreadable' });
  await expect(describeUserModel(data, { file: join(folder, 'RMBG 2 (mine).onnx'), sha256: '0'.repeat(64), family: 'birefnet' })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(describeUserModel(data, { file: join(folder, 'RMBG 2 (mine).onnx'), family: 'birefnet', id: '../evil' })).rejects.toMatchObject({ code: 'invalid_input' });
});
