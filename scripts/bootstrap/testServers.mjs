import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from './aptInstall.mjs';
import { BootstrapError } from './bootstrapError.mjs';
import { runChild } from './child.mjs';
import { withProgress } from './progress.mjs';
import { onPath } from './systemPackages.mjs';

const debianPostgres = '/usr/lib/postgresql';
const hasDebianPostgres = () => existsSync(debianPostgres) && readdirSync(debianPostgres).some((version) => existsSync(join(debianPostgres, version, 'bin', 'postgres')));

/**
 * Servers that tests start themselves, by the Debian package that brings each; npm brings the S3 server. `given` names one that runs
 * already, and nothing needs to be there then. `units` are what the package would have systemd start.
 */
const servers = [
  { package: 'postgresql', given: 'MASKDESK_TEST_POSTGRES', isThere: () => hasDebianPostgres() || onPath('postgres'), units: ['postgresql.service'] },
  { package: 'rabbitmq-server', given: 'MASKDESK_TEST_RABBITMQ', isThere: () => existsSync('/usr/lib/rabbitmq/bin/rabbitmq-server') || onPath('rabbitmq-server'), units: ['rabbitmq-server.service', 'epmd.service', 'epmd.socket'] },
];

const lacking = () => servers.filter((server) => !process.env[server.given] && !server.isThere());

/** @returns {string[]} packages of the servers that are not here */
export const lackingServers = () => lacking().map((server) => server.package);

/** @param {readonly string[]} packages */
export const installLine = (packages) => `on Debian or Ubuntu run: sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;

const mayInstall = () => process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get');

const policy = '/usr/sbin/policy-rc.d';

/** A fresh server package starts its service at once. Tests start their own, so this keeps it from that (invoke-rc.d(8), exit 101). */
const withoutServices = async (work) => {
  if (existsSync(policy)) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    rmSync(policy, { force: true });
  }
};

/** Nor at the next boot: nobody asked for a database on this machine. */
const disable = async (units) => {
  if (!onPath('systemctl')) return;
  // One that is not there, or was never enabled, is as good as disabled.
  for (const unit of units) await runChild('systemctl', ['disable', '--no-reload', unit], { capture: true });
};

/** Installs them where we may, as root with apt-get. Elsewhere there is nothing to do: the tests that need them are skipped by name. */
export const testServers = {
  name: 'test servers',
  isDone: () => lacking().length === 0 || !mayInstall(),
  /** @throws BootstrapError with the line to run by hand */
  async run() {
    const wanted = lacking();
    if (wanted.length === 0) return;
    const packages = wanted.map((server) => server.package);
    await withProgress(`as root: installing servers for tests with apt-get: ${packages.join(' ')}`, async () => {
      await withoutServices(() => aptInstall(packages, 'the tests of real servers'));
      await disable(wanted.flatMap((server) => server.units));
    });
    const left = lackingServers();
    if (left.length > 0) throw new BootstrapError(`apt-get went through, but this machine still lacks ${left.join(' and ')}.`);
  },
};
