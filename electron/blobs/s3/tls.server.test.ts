import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startS3, type S3Server } from '../../../e2e/services/servers/s3.ts';
import { openBlobs } from '../index.ts';
import { optionsFor } from '../testing/testS3.ts';

let folder: string;
let server: S3Server;
let certificateFile: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-tls-'));
  const keyFile = join(folder, 'key.pem');
  certificateFile = join(folder, 'certificate.pem');
  const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certificateFile, ...subject], { stdio: 'ignore' });
  server = await startS3({ tls: { keyFile, certificateFile } });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

it('trusts an authority of its own, and says which certificate it does not trust', async () => {
  const blobs = await openBlobs({ kind: 's3', ...optionsFor(server, { caFile: certificateFile }) });
  await blobs.put('a.png', new Uint8Array([1, 2, 3]));
  expect(await blobs.get('a.png')).toEqual(new Uint8Array([1, 2, 3]));
  const refused = { code: 'blobs_unreachable', message: expect.stringContaining('certificate of 127.0.0.1') as string };
  await expect(openBlobs({ kind: 's3', ...optionsFor(server) })).rejects.toMatchObject(refused);
  await expect(openBlobs({ kind: 's3', ...optionsFor(server, { caFile: join(folder, 'none.pem') }) })).rejects.toMatchObject({ code: 'file_unreadable' });
});
