import type { HistoryStep, KeptHistory } from './history.ts';
import type { HistoryArchive } from './historyKeeper.ts';

/** The whole of the archive's contract, without a disk: for tests. */
export class MemoryArchive implements HistoryArchive {
  readonly logs = new Map<string, { steps: HistoryStep[]; applied: number }>();
  isDown = false;

  async write(assetKey: string, steps: readonly HistoryStep[], applied: number): Promise<void> {
    this.#check();
    const log = this.logs.get(assetKey) ?? { steps: [], applied: 0 };
    for (const step of steps) log.steps = [...log.steps.filter((each) => each.step < step.step), step];
    this.logs.set(assetKey, { steps: log.steps, applied });
  }

  async read(assetKey: string, from: number, before: number): Promise<readonly HistoryStep[]> {
    this.#check();
    return (this.logs.get(assetKey)?.steps ?? []).filter(({ step }) => step >= from && step < before);
  }

  async remove(assetKey: string): Promise<void> {
    this.logs.delete(assetKey);
  }

  /** As it is read when the asset is opened in another session: the last few steps. */
  kept(assetKey: string, count: number): KeptHistory {
    const { steps, applied } = this.logs.get(assetKey) ?? { steps: [], applied: 0 };
    const first = steps[0]?.step ?? 0;
    const end = first + steps.length;
    return { first, end, applied, steps: steps.slice(Math.max(0, applied - first - count), applied - first + count) };
  }

  #check(): void {
    if (this.isDown) throw new Error('the archive is down');
  }
}
