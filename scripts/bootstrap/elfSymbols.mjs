/**
 * Renames dynamic symbols of 64-bit little-endian ELF libraries in place, so that the loader finds them under their new names. Written after
 * the System V ABI (symbol table, relocations) and the GNU hash section as glibc's dl-lookup.c reads it.
 */
const sectionHeaderBytes = 64;
const symbolBytes = 24;
const relocationBytes = 24;
const undefinedSection = 0;

/** @param {string} name @returns {number} the hash that .gnu.hash is sorted by (dl_new_hash in glibc) */
export const gnuHash = (name) => {
  let hash = 5381;
  for (let index = 0; index < name.length; index++) hash = (Math.imul(hash, 33) + name.charCodeAt(index)) >>> 0;
  return hash;
};

/** @param {Buffer} bytes of a shared library @returns what the renaming needs to know of it @throws Error for any other file */
export const readLibrary = (bytes) => {
  // Magic number, class 64, little endian.
  if (bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1) throw new Error('not a 64-bit little-endian ELF file');
  const tableOffset = Number(bytes.readBigUInt64LE(0x28));
  const count = bytes.readUInt16LE(0x3c);
  const header = (index) => {
    const at = tableOffset + index * sectionHeaderBytes;
    return { name: bytes.readUInt32LE(at), offset: Number(bytes.readBigUInt64LE(at + 0x18)), size: Number(bytes.readBigUInt64LE(at + 0x20)) };
  };
  const textAt = (at) => bytes.toString('latin1', at, bytes.indexOf(0, at));
  const names = header(bytes.readUInt16LE(0x3e));
  const sections = new Map(Array.from({ length: count }, (_, index) => header(index)).map((section) => [textAt(names.offset + section.name), section]));
  const section = (name) => {
    const found = sections.get(name);
    if (found === undefined) throw new Error(`no section ${name}`);
    return found;
  };
  const table = section('.dynsym');
  const strings = section('.dynstr');
  const symbols = Array.from({ length: table.size / symbolBytes }, (_, index) => {
    const at = table.offset + index * symbolBytes;
    const nameAt = strings.offset + bytes.readUInt32LE(at);
    return { index, at, nameAt, name: textAt(nameAt), isDefined: bytes.readUInt16LE(at + 6) !== undefinedSection };
  });
  const relocated = new Set();
  for (const name of ['.rela.dyn', '.rela.plt']) {
    const { offset, size } = section(name);
    for (let at = offset; at < offset + size; at += relocationBytes) relocated.add(bytes.readUInt32LE(at + 12));
  }
  return { bytes, symbols, relocated, stringsAt: strings.offset, hashOffset: sections.get('.gnu.hash')?.offset };
};

/** The parts of .gnu.hash. */
const readHash = ({ bytes, hashOffset }) => {
  if (hashOffset === undefined) throw new Error('no section .gnu.hash');
  const bucketCount = bytes.readUInt32LE(hashOffset);
  const bloomWords = bytes.readUInt32LE(hashOffset + 8);
  const bloomAt = hashOffset + 16;
  return { bucketCount, firstSymbol: bytes.readUInt32LE(hashOffset + 4), bloomWords, bloomShift: bytes.readUInt32LE(hashOffset + 12), bloomAt, chainAt: bloomAt + bloomWords * 8 + bucketCount * 4 };
};

/** Long, so that nothing else in a process is called so. */
const shortestTail = 10;
/** In the middle of a word, or before a digit, with which no name of C begins. */
const isOddCut = (name, cut) => /[A-Za-z]/.test(name[cut - 1]) || /\d/.test(name[cut]);

/**
 * Tails of a library's names: text that is there already, so that a symbol can be pointed at it.
 * @returns {{text: string, at: number}[]} each text once
 */
const tailsOf = ({ symbols }) => {
  const seen = new Set(symbols.map(({ name }) => name));
  const tails = [];
  for (const { name, nameAt } of symbols)
    for (let cut = 1; name.length - cut >= shortestTail; cut++) {
      const text = name.slice(cut);
      if (!isOddCut(name, cut) || seen.has(text)) continue;
      seen.add(text);
      tails.push({ text, at: nameAt + cut });
    }
  return tails;
};

const pointAt = (library, symbol, textAt) => library.bytes.writeUInt32LE(textAt - library.stringsAt, symbol.at);

/** Lets the hash table find a symbol under its new name. */
const rehash = (library, hash, symbol, newName) => {
  const { bytes } = library;
  const value = gnuHash(newName);
  const chain = hash.chainAt + (symbol.index - hash.firstSymbol) * 4;
  // The lowest bit says that a bucket ends here.
  bytes.writeUInt32LE(((value & ~1) | (bytes.readUInt32LE(chain) & 1)) >>> 0, chain);
  const word = hash.bloomAt + (Math.floor(value / 64) % hash.bloomWords) * 8;
  const bits = (1n << BigInt(value % 64)) | (1n << BigInt((value >>> hash.bloomShift) % 64));
  bytes.writeBigUInt64LE(bytes.readBigUInt64LE(word) | bits, word);
};

/**
 * Renames symbols in the library that defines them and in the one that asks for them. No string is written: each symbol is pointed at the
 * tail of another name, of the same hash bucket, so that the table's order stays right.
 * @param {ReturnType<typeof readLibrary>} giving changed in place @param {ReturnType<typeof readLibrary>} asking changed in place
 * @param {ReadonlySet<string>} names @returns {Map<string, string>} old to new
 */
export const renameSymbols = (giving, asking, names) => {
  const hash = readHash(giving);
  const askingTails = new Map(tailsOf(asking).map(({ text, at }) => [text, at]));
  const free = tailsOf(giving).filter(({ text }) => !asking.symbols.some(({ name }) => name === text));
  const renamed = new Map();
  for (const symbol of giving.symbols.filter(({ name, isDefined }) => isDefined && names.has(name))) {
    const asked = asking.symbols.find(({ name, isDefined }) => !isDefined && name === symbol.name);
    const bucket = gnuHash(symbol.name) % hash.bucketCount;
    const choice = free.findIndex(({ text }) => gnuHash(text) % hash.bucketCount === bucket && (asked === undefined || askingTails.has(text)));
    if (choice === -1) throw new Error(`no name for ${symbol.name} fits its place`);
    const [tail] = free.splice(choice, 1);
    pointAt(giving, symbol, tail.at);
    rehash(giving, hash, symbol, tail.text);
    if (asked !== undefined) pointAt(asking, asked, askingTails.get(tail.text));
    renamed.set(symbol.name, tail.text);
  }
  return renamed;
};
