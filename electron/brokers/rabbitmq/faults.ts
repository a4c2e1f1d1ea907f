import { ExpectedError, sentenceOf } from '../../../shared/errors/errors.ts';

/** Reply codes of AMQP 0-9-1 (amqp-xml-doc0-9-1, "constants") that mean something to us. */
export const replyCodes = { accessRefused: 403, notFound: 404, preconditionFailed: 406, notImplemented: 540 } as const;

export const replyCodeOf = (error: unknown): number | null => {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : null;
};

/** What kept us from connecting, in words to act on. The client's own errors name host, port and user at most, never a password. */
export const unreachable = (error: unknown, location: string): ExpectedError => {
  const why = sentenceOf(error);
  const options = { cause: error };
  // "Handshake terminated by server: 403 (ACCESS-REFUSED) with message ..."
  if (/ACCESS.REFUSED/i.test(why) && /login|PLAIN|credentials/i.test(why)) return new ExpectedError('broker_unreachable', `RabbitMQ at ${location} refuses the user name or the password.`, options);
  // The client keeps the broker's words to itself where it closes instead of opening the virtual host.
  if (/Expected ConnectionOpenOk; got <ConnectionClose/.test(why)) return new ExpectedError('broker_unreachable', `RabbitMQ at ${location} has no such virtual host, or this user may not use it.`, options);
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && /CERT|TLS|SSL|SELF_SIGNED|EPROTO|UNABLE_TO/.test(code)) {
    return new ExpectedError('broker_unreachable', `There is no safe connection to RabbitMQ at ${location}: ${why} (${code}).`, options);
  }
  return new ExpectedError('broker_unreachable', `RabbitMQ at ${location} can’t be reached: ${why}.`, options);
};

/** A fault of a channel while something is declared or asked for. */
export const declarationFault = (error: unknown, what: string, location: string): ExpectedError => {
  const options = { cause: error };
  switch (replyCodeOf(error)) {
    case replyCodes.preconditionFailed:
      return new ExpectedError(
        'invalid_input',
        `${what} at ${location} was declared otherwise before (${sentenceOf(error).replace(/^.*PRECONDITION_FAILED - /, '').replace(/"$/, '')}). Nothing was changed. Name another one in the settings, or remove it once it is empty.`,
        options,
      );
    case replyCodes.accessRefused:
      return new ExpectedError('permission_denied', `This user may not declare or use ${what} at ${location}.`, options);
    case null:
      return unreachable(error, location);
    default:
      return new ExpectedError('broker_unreachable', `${what} at ${location} could not be used: ${sentenceOf(error)}.`, options);
  }
};

/** A queue that can't be consumed from, though it is there. */
export const consumeFault = (error: unknown, queue: string, location: string): ExpectedError =>
  replyCodeOf(error) === replyCodes.accessRefused
    ? new ExpectedError('permission_denied', `The queue ${queue} at ${location} can’t be consumed from: this user may not, or another consumer has it for itself alone.`, { cause: error })
    : declarationFault(error, `The queue ${queue}`, location);
