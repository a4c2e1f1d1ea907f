/** Values that belong to the store (not to the machine), as JSON. */
export interface SettingsStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}
