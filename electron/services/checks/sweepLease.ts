import type { LeaseStore } from '../../../shared/ports/store/leaseStore.ts';

const resource = 'checks';
const leaseMs = 60_000;
/** Renewed when less than this is left. */
const renewMs = 20_000;

/** The right to check what nobody asked for: one process of all that have the store open has it, so that no mask is checked twice. */
export class SweepLease {
  readonly #leases: LeaseStore;
  readonly #owner: string;
  #endsMs = 0;

  constructor(leases: LeaseStore, owner: string) {
    this.#leases = leases;
    this.#owner = owner;
  }

  /** Takes or renews it; false while another process has it. Without work it runs out by itself. */
  async hold(): Promise<boolean> {
    const nowMs = performance.now();
    if (this.#endsMs - nowMs > renewMs) return true;
    const isOurs = await this.#leases.acquire(resource, this.#owner, leaseMs);
    this.#endsMs = isOurs ? nowMs + leaseMs : 0;
    return isOurs;
  }

  async release(): Promise<void> {
    if (this.#endsMs > performance.now()) await this.#leases.release(resource, this.#owner);
    this.#endsMs = 0;
  }
}
