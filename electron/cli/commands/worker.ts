import { availableMemoryBytes } from '../../worker/memoryUse.ts';
import { checkWorker } from '../../worker/checkWorker.ts';
import { endOnUncaught } from '../../worker/lastWords.ts';
import { runWorker } from '../../worker/runWorker.ts';
import { resolveWorkerSettings } from '../../worker/workerSettings.ts';
import { createLogger } from '../../base/logger.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes } from '../output.ts';

interface Options {
  readonly once?: boolean;
  readonly check?: boolean;
}

const help = `
Takes the pipeline's events from RabbitMQ, makes masks with the configured recipe, publishes them and sends the masked events. Any number of workers may
share one database and broker. Needs [broker] url in the configuration; "maskdesk worker --check" says whether everything is there.

Logs are JSON lines on stderr. Health at /healthz and /readyz, Prometheus at /metrics ([worker] healthHost, healthPort).

Signals:  SIGTERM, SIGINT  takes nothing new, finishes what is in hand within drainSeconds, gives back the rest, ends with 0
          a second one     ends at once with 130; like SIGKILL it loses nothing: what was in hand is handed out again
Exit codes:  0 ended in order    1 could not start, or a fault; --check: something is missing; --once: something stays to be done
             2 wrong usage       130 --once was stopped before its end, or a second signal`;

export const registerWorker = (add: AddCommand): void => {
  const { command, run } = add('worker', 'make masks for what the pipeline announces, until it is told to stop');
  command
    .option('--once', 'work until the queues are empty, then end (for cron)')
    .option('--check', 'try the configuration and every connection, take nothing, then end')
    .addHelpText('after', help);
  run<Options>(async ({ output, loadConfig, signal }, options) => {
    const config = await loadConfig();
    const settings = resolveWorkerSettings(config.worker, availableMemoryBytes());
    if (options.check === true) {
      let anyFailed = false;
      for await (const { part, isOk, message } of checkWorker(config, settings)) {
        anyFailed ||= !isOk;
        output.answer({ part, ok: isOk, message }, `${isOk ? 'ok     ' : 'FAILED '} ${part}: ${message}`);
      }
      return anyFailed ? exitCodes.failed : exitCodes.ok;
    }
    const release = endOnUncaught(createLogger('maskdesk', settings.logLevel), exitCodes.failed);
    try {
      const { received, givenBack, problems, isStopped } = await runWorker({ config, settings, once: options.once === true, signal });
      output.answer({ received, given_back: givenBack, problems, stopped: isStopped }, [`${received} messages taken, ${givenBack} of them given back`, ...problems.map((problem) => `  not done: ${problem}`)].join('\n'));
      if (options.once === true && isStopped) return exitCodes.interrupted;
      return problems.length > 0 ? exitCodes.failed : exitCodes.ok;
    } finally {
      release();
    }
  });
};
