import { ExpectedError, isCancelled } from '../../shared/errors/errors.ts';

export const cutOff = (cause?: unknown): ExpectedError =>
  new ExpectedError('image_unreadable', 'The file ends before its picture does: it was cut off, perhaps by a broken copy or download.', { cause });

/** What libvips said, as an expected error with a sentence; its own words stay in the cause. */
export const decodeError = (error: unknown): unknown => {
  if (error instanceof ExpectedError || isCancelled(error) || !(error instanceof Error)) return error;
  const words = error.message;
  if (/exceeds pixel limit/i.test(words)) {
    return new ExpectedError('image_too_large', 'The picture has more pixels than the limit allows.', { cause: error });
  }
  if (/out of memory|unable to allocate|cannot allocate/i.test(words)) {
    return new ExpectedError('out_of_memory', 'There is not enough memory to decode this picture.', { cause: error });
  }
  if (/premature end|truncat|unexpected end|end of (stream|file)|not enough|read error|no more data|incomplete|bad seek/i.test(words)) {
    return cutOff(error);
  }
  return new ExpectedError('image_unreadable', 'The file is damaged: its picture cannot be decoded.', { cause: error });
};

export const decoding = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw decodeError(error);
  }
};
