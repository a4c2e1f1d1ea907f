import { safeStorage } from 'electron';

/** Encrypts with a key that the operating system keeps for this user. */
export interface SecretKeeper {
  /** Whether there is a keychain; else what is encrypted is only hidden from a glance. */
  hasKeychain(): boolean;
  /** @param isPlainAllowed a person has said that a file without a keychain behind it will do. Null: it can't be kept */
  encrypt(text: string, isPlainAllowed: boolean): string | null;
  /** Null: it can't be read any more, as on another machine or with another keychain. */
  decrypt(encrypted: string): string | null;
}

/** Without a secret service Linux offers a password that is in Electron's source. */
const isPlain = (): boolean => process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());

/** On Electron's safeStorage (Keychain, DPAPI, the secret service), after the app is ready. */
export const systemSecretKeeper = (): SecretKeeper => ({
  hasKeychain: () => safeStorage.isEncryptionAvailable() && !isPlain(),
  encrypt: (text, isPlainAllowed) => {
    if (isPlain() && !isPlainAllowed) return null;
    if (isPlain()) safeStorage.setUsePlainTextEncryption(true);
    return safeStorage.isEncryptionAvailable() ? safeStorage.encryptString(text).toString('base64') : null;
  },
  decrypt: (encrypted) => {
    if (isPlain()) safeStorage.setUsePlainTextEncryption(true);
    try {
      return safeStorage.decryptString(Buffer.from(encrypted, 'base64'));
    } catch {
      return null;
    }
  },
});
