import { chownSync, readFileSync } from 'node:fs';

/** Who a server runs as; nothing to say where it runs as we do. */
export type ServerUser = { readonly uid: number; readonly gid: number } | Record<string, never>;

/**
 * Servers that hold data refuse to run as root, or should not: as root they get the user that their package made, else "nobody".
 * @param name of the system's user, such as `rabbitmq`
 */
export const serverUser = (name: string): ServerUser => {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const user = users.find(([login]) => login === name) ?? users.find(([login]) => login === 'nobody');
  return { uid: Number(user?.[2] ?? 65534), gid: Number(user?.[3] ?? 65534) };
};

/** Gives a folder or file that we made to that user. */
export const giveTo = (user: ServerUser, path: string): void => {
  if ('uid' in user) chownSync(path, user.uid, user.gid);
};
