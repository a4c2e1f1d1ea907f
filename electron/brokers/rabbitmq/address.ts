import { ExpectedError } from '../../../shared/errors/errors.ts';

/** Where a broker is and who we are there. `location` is for people and logs: without the credentials. */
export interface RabbitAddress {
  readonly protocol: 'amqp' | 'amqps';
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** As it stands in the URL, still percent-encoded (rabbitmq.com/docs/uri-spec): the client decodes it. */
  readonly virtualHost: string;
  readonly location: string;
}

/** @throws ExpectedError usage, without a word of what was given: it may hold a password */
export const parseAddress = (url: string): RabbitAddress => {
  let parts: URL;
  try {
    parts = new URL(url);
  } catch {
    throw new ExpectedError('usage', 'The address of RabbitMQ can’t be read. It looks like amqp://user:password@host:5672/vhost, or amqps:// for TLS; special characters in it are percent-encoded.');
  }
  const protocol = parts.protocol.slice(0, -1);
  if ((protocol !== 'amqp' && protocol !== 'amqps') || parts.hostname === '') {
    throw new ExpectedError('usage', 'The address of RabbitMQ begins with amqp:// or amqps:// (TLS) and a host.');
  }
  const isAnonymous = parts.username === '' && parts.password === '';
  const port = parts.port === '' ? (protocol === 'amqp' ? 5672 : 5671) : Number(parts.port);
  const path = parts.pathname.slice(1);
  return {
    protocol,
    host: parts.hostname.replace(/^\[|\]$/g, ''),
    port,
    username: isAnonymous ? 'guest' : decode(parts.username, 'user name'),
    password: isAnonymous ? 'guest' : decode(parts.password, 'password'),
    virtualHost: path === '' ? '%2F' : path,
    location: `${protocol}://${parts.hostname}:${port}/${path}`,
  };
};

const decode = (text: string, what: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ExpectedError('usage', `The ${what} in the address of RabbitMQ is not percent-encoded rightly: a % is written %25.`);
  }
};
