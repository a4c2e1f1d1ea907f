/** Of files and folders alone: a connection's say more than our sentence. */
const toldAlready = /^E(?:NOENT|ACCES|PERM|ROFS|ISDIR|NOTDIR|NOSPC|EXIST)$/;
const isOfFile = (error: NodeJS.ErrnoException): boolean => error.path !== undefined && toldAlready.test(error.code ?? '');

/** As a sentence's ending: nobody reads a thing twice because a full stop differs. */
const plain = (text: string): string => text.replace(/[.\s]+$/, '');

/**
 * What an error's causes say that was not said yet. What the system said of a file (ENOENT ...) is told in a sentence by whoever met it, so it is left out under one.
 * @param error of ours: its message is a sentence for people
 */
export const newCauses = (error: Error): readonly string[] => {
  const said = [error.message];
  for (let cause = error.cause, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth++) {
    const { message } = cause;
    if (isOfFile(cause) || said.some((sentence) => sentence.includes(plain(message)))) continue;
    said.push(message);
  }
  return said.slice(1);
};
