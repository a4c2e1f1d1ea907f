import pino, { type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** JSON lines on stderr, since stdout belongs to the command line's answers. `MASKDESK_LOG` sets the level (default warn). */
export const createLogger = (name: string, level = process.env['MASKDESK_LOG'] ?? 'warn'): Logger =>
  pino({ name, level, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
