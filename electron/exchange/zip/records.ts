/**
 * Headers of a zip file, by PKWARE's APPNOTE 6.3.10 (sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3). Times and modes are the same for all entries and on all machines:
 * midnight of 1 January 1980 (the earliest that the format has), rw-r--r--.
 */
export interface ZipEntry {
  /** UTF-8, at most 65,535 bytes. */
  readonly name: Uint8Array;
  readonly isDeflated: boolean;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Of its local header. */
  readonly offset: number;
}

/** Larger than that does not go into the plain fields: they hold all ones, and Zip64's hold the value. */
const most32 = 0xffff_ffff;
const most16 = 0xffff;
const versionPlain = 20;
const versionZip64 = 45;
const utf8Names = 0x0800;
const timeOfDay = 0;
const date = (1 << 5) | 1;
const madeOnUnix = 3 << 8;
const externalAttributes = 0o100644 * 2 ** 16;
const zip64Field = 0x0001;

const zip64Extra = (values: readonly number[]): Buffer => {
  if (values.length === 0) return Buffer.alloc(0);
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(zip64Field, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, index) => extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index));
  return extra;
};

/** @param isLarge the sizes stand in Zip64's fields; to be the same where the header is written before they are known and once more after */
export const localHeader = (entry: Omit<ZipEntry, 'offset'>, isLarge: boolean): Buffer => {
  const extra = zip64Extra(isLarge ? [entry.unpackedBytes, entry.packedBytes] : []);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(isLarge ? versionZip64 : versionPlain, 4);
  header.writeUInt16LE(utf8Names, 6);
  header.writeUInt16LE(entry.isDeflated ? 8 : 0, 8);
  header.writeUInt16LE(timeOfDay, 10);
  header.writeUInt16LE(date, 12);
  header.writeUInt32LE(entry.crc32, 14);
  header.writeUInt32LE(isLarge ? most32 : entry.packedBytes, 18);
  header.writeUInt32LE(isLarge ? most32 : entry.unpackedBytes, 22);
  header.writeUInt16LE(entry.name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, entry.name, extra]);
};

/** The entry's line in the directory at the end. */
export const directoryRecord = (entry: ZipEntry): Buffer => {
  const { unpackedBytes, packedBytes, offset } = entry;
  const plain = (value: number): number => Math.min(value, most32);
  // In this order, and only those that do not fit.
  const extra = zip64Extra([unpackedBytes, packedBytes, offset].filter((value) => value >= most32));
  const version = extra.length > 0 ? versionZip64 : versionPlain;
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(madeOnUnix | version, 4);
  header.writeUInt16LE(version, 6);
  header.writeUInt16LE(utf8Names, 8);
  header.writeUInt16LE(entry.isDeflated ? 8 : 0, 10);
  header.writeUInt16LE(timeOfDay, 12);
  header.writeUInt16LE(date, 14);
  header.writeUInt32LE(entry.crc32, 16);
  header.writeUInt32LE(plain(packedBytes), 20);
  header.writeUInt32LE(plain(unpackedBytes), 24);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(externalAttributes, 38);
  header.writeUInt32LE(plain(offset), 42);
  return Buffer.concat([header, entry.name, extra]);
};

export interface DirectoryPlace {
  readonly entries: number;
  readonly offset: number;
  readonly bytes: number;
}

/** What follows the directory and tells where it is. */
export const endRecords = ({ entries, offset, bytes }: DirectoryPlace): Buffer => {
  const isLarge = entries >= most16 || offset >= most32 || bytes >= most32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries, most16), 8);
  end.writeUInt16LE(Math.min(entries, most16), 10);
  end.writeUInt32LE(Math.min(bytes, most32), 12);
  end.writeUInt32LE(Math.min(offset, most32), 16);
  if (!isLarge) return end;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(56n - 12n, 4);
  end64.writeUInt16LE(madeOnUnix | versionZip64, 12);
  end64.writeUInt16LE(versionZip64, 14);
  end64.writeBigUInt64LE(BigInt(entries), 24);
  end64.writeBigUInt64LE(BigInt(entries), 32);
  end64.writeBigUInt64LE(BigInt(bytes), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
};

/** Whether an entry's sizes get Zip64's fields; judged by the unpacked size alone, since the header is written first. Deflating adds at most 5 bytes to each 16 KiB. */
export const needsLargeHeader = (unpackedBytes: number): boolean => unpackedBytes >= most32 - 2 ** 21;
