/**
 * File name of an id (contracts.md A). A safe id is its own name: ASCII letters, digits, `-`, `_`, `.`, not starting or ending with a
 * dot and not a Windows device name. In any other id each unsafe UTF-8 byte becomes `%XX`; `%` itself is unsafe, so the encoding can be
 * reversed. Encoded names over {@link maxNameLength} are cut and end in `%%` and 32 hex digits of the id's SHA-256: unique, and reversed
 * through the database alone.
 */
export const maxNameLength = 180;

const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const safeByte = /[A-Za-z0-9_.-]/;

/** @param sha256Hex SHA-256 of the UTF-8 id, in hex; a parameter since this folder has no crypto */
export const fileNameOfId = (id: string, sha256Hex: (text: string) => string): string => {
  if (id === '') throw new RangeError('an id may not be empty');
  let name = '';
  const bytes = new TextEncoder().encode(id);
  bytes.forEach((byte, index) => {
    const character = String.fromCharCode(byte);
    const edgeDot = character === '.' && (index === 0 || index === bytes.length - 1);
    const device = index === 0 && windowsDevice.test(id);
    const safe = safeByte.test(character) && !edgeDot && !device;
    name += safe ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  if (name.length <= maxNameLength) return name;
  const digest = sha256Hex(id).slice(0, 32);
  return `${name.slice(0, maxNameLength - 34).replace(/%[0-9A-F]?$/, '')}%%${digest}`;
};
