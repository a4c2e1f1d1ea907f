import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prompting } from '../../app/openPrompting.ts';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { cleanLogits } from '../../../shared/prompts/cleanLogits.ts';
import { logitsToMask } from '../../../shared/prompts/logitsToMask.ts';
import { maskPromptOf } from '../../../shared/prompts/maskPrompt.ts';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import type { Candidate, MaskPrompt } from '../../../shared/prompts/prompt.ts';
import { usualChain, type PromptChain } from '../../../shared/prompts/promptChain.ts';
import { firstCandidate } from '../../../shared/prompts/readCandidates.ts';
import { checkPlaces, type PromptLine } from './promptLine.ts';

export interface PromptAnswer {
  readonly id: string | number;
  /** Path of the answer's PNG: the photo's size, 8-bit, 0 or 255. */
  readonly mask: string;
  readonly predicted_iou: number;
  /** Which of the candidates it is. */
  readonly candidate: number;
  readonly candidates: readonly { readonly predicted_iou: number; readonly mask?: string }[];
  /** From the line to its PNG; in the decoder alone; in the encoder alone, null where the photo had been encoded before. */
  readonly ms: number;
  readonly decode_ms: number;
  readonly encode_ms: number | null;
}

export interface AnswerOptions {
  readonly prompting: Prompting;
  readonly modelId: ModelId;
  readonly outFolder: string;
  /** Whether every candidate is written, not the answer alone. */
  readonly writesAll: boolean;
  /** Specks of fewer cells are cleaned from what is written; 0: none. */
  readonly cleanCells: number;
  readonly pathFrom: (argument: string) => string;
  /** A photo is being encoded, which takes seconds. */
  readonly onEncoding: (path: string, modelLabel: string) => void;
  readonly signal: AbortSignal;
}

/** Whoever continues from a mask says by it what came before. */
const chainOf = ({ chain, mask }: PromptLine): PromptChain => ((chain ?? mask == null) ? usualChain : 'none');

/** 256 KB each. */
const mostContinued = 64;
const rounded = (value: number): number => Math.round(value * 10) / 10;

const readInput = (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: unknown) => {
    throw fileError(error, path);
  });

/** Answers lines one after another; photos are encoded once, however many lines ask about them. */
export class PromptAnswerer {
  readonly #options: AnswerOptions;
  /** By path and what changes with the file, so that a photo need not be read again for each line. */
  readonly #prepared = new Map<string, PreparedEmbedding>();
  /** Logits of masks that were written, by path; the oldest first. */
  readonly #written = new Map<string, MaskPrompt>();
  readonly #names = new Set<string>();

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  /** @throws ExpectedError invalid_input, file_unreadable, image_unreadable, mask_size_mismatch, model_missing, inference_failed, disk_full ...; CancelledError */
  async answer(line: PromptLine, id: string | number): Promise<PromptAnswer> {
    const { prompting, signal, writesAll, cleanCells } = this.#options;
    const startedMs = performance.now();
    const { embedding, encodeMs } = await this.#prepare(line.image);
    checkPlaces(line, embedding);
    const frame = modelFrame(embedding);
    const prompt = {
      points: line.points.map(({ x, y, label }) => ({ xImagePx: x, yImagePx: y, label })),
      box: line.box == null ? null : { x0ImagePx: line.box[0], y0ImagePx: line.box[1], x1ImagePx: line.box[2], y1ImagePx: line.box[3] },
      mask: line.mask == null ? null : await this.#continueFrom(line.mask, embedding),
    };
    const { candidates, decodeMs } = await prompting.embeddings.decode(embedding.key, prompt, { chain: chainOf(line), signal });
    const chosen = line.candidate ?? firstCandidate(candidates, frame, prompt.points);
    if (chosen >= candidates.length) throw new ExpectedError('invalid_input', `There are ${candidates.length} candidates; candidate ${chosen} is not among them.`);
    const name = this.#freeName(id);
    const write = async (candidate: Candidate, fileName: string): Promise<string> => {
      const path = join(this.#options.outFolder, fileName);
      const logits = cleanLogits(candidate.logits, frame, { cells: cleanCells, points: prompt.points });
      await writeFileAtomic(path, await prompting.codec.encodeMask(logitsToMask(frame, { ...candidate, logits })));
      // The next one continues from the answer as the model gave it, as in the desk.
      this.#remember(path, maskPromptOf(candidate, frame));
      return path;
    };
    const mask = await write(candidates[chosen] as Candidate, `${name}.png`);
    const listed: { predicted_iou: number; mask?: string }[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const path = !writesAll ? undefined : index === chosen ? mask : await write(candidate, `${name}.candidate-${index}.png`);
      listed.push({ predicted_iou: candidate.predictedIou, ...(path === undefined ? {} : { mask: path }) });
    }
    return {
      id,
      mask,
      predicted_iou: (candidates[chosen] as Candidate).predictedIou,
      candidate: chosen,
      candidates: listed,
      ms: rounded(performance.now() - startedMs),
      decode_ms: rounded(decodeMs),
      encode_ms: encodeMs === null ? null : rounded(encodeMs),
    };
  }

  async #prepare(image: string): Promise<{ readonly embedding: PreparedEmbedding; readonly encodeMs: number | null }> {
    const { prompting, modelId, pathFrom, onEncoding, signal } = this.#options;
    const path = pathFrom(image);
    const { mtimeMs, size } = await stat(path).catch((error: unknown) => {
      throw fileError(error, path);
    });
    const version = `${path}\n${mtimeMs}\n${size}`;
    const known = this.#prepared.get(version);
    if (known !== undefined) return { embedding: known, encodeMs: null };
    const embedding = await prompting.embeddings.prepare(await readInput(path), modelId, {
      signal,
      onProgress: (progress) => {
        if (progress.kind === 'encoding') onEncoding(path, progress.label);
      },
    });
    this.#prepared.set(version, embedding);
    return { embedding, encodeMs: embedding.encodeMs };
  }

  async #continueFrom(mask: string, embedding: PreparedEmbedding): Promise<MaskPrompt> {
    const path = this.#options.pathFrom(mask);
    const bytes = await readInput(path);
    const known = this.#written.get(path);
    const bitmap = await this.#options.prompting.codec.decodeMask(bytes);
    const { imageWidthPx, imageHeightPx } = embedding;
    if (bitmap.widthPx !== imageWidthPx || bitmap.heightPx !== imageHeightPx) {
      throw new ExpectedError('mask_size_mismatch', `${path} has ${bitmap.widthPx} x ${bitmap.heightPx} px, the photo ${imageWidthPx} x ${imageHeightPx}.`);
    }
    return known ?? maskPromptOf(bitmap, modelFrame(embedding));
  }

  #remember(path: string, logits: MaskPrompt): void {
    this.#written.set(path, logits);
    const oldest = this.#written.keys().next().value;
    if (this.#written.size > mostContinued && oldest !== undefined) this.#written.delete(oldest);
  }

  /** An id that comes twice does not overwrite its first answer. */
  #freeName(id: string | number): string {
    const name = fileNameOfId(String(id), sha256Hex);
    for (let count = 1; ; count++) {
      const candidate = count === 1 ? name : `${name}-${count}`;
      if (this.#names.has(candidate)) continue;
      this.#names.add(candidate);
      return candidate;
    }
  }
}
