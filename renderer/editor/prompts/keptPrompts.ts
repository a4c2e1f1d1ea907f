import type { TileState } from '../../../shared/edits/tileState.ts';
import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import type { PromptPhoto } from './promptAnswers.ts';
import { shownAnswer, takenAnswer, type PromptMaker } from './promptMaker.ts';
import type { PromptState } from './promptState.ts';
import type { PromptEntry } from './promptTrail.ts';

export const stateOfRecord = ({ points, box, fromMask, join, chain, cleanCells, candidate }: PromptRecord): PromptState => ({ points, box, fromMask, join, chain, cleanCells, candidate, begins: false });

/** Whether these are the very files that the record was answered with. Others answer otherwise. */
export const hasSameWeights = (record: PromptRecord, { weightsSha256, decoderSha256 }: PreparedEmbedding): boolean =>
  weightsSha256 === record.weightsSha256 && decoderSha256 === record.decoderSha256;

/**
 * Asks the model once more what kept prompts gave, so that what was painted after them is known and stays. With other weights nobody can tell any
 * more what was painted: all of the mask counts as given.
 * @param base the mask that they were joined with
 * @param mask the one in hand
 * @throws as PromptDecoder.decode
 */
export const replay = async (maker: PromptMaker, photo: PromptPhoto, record: PromptRecord, base: TileState, mask: TileState): Promise<Omit<PromptEntry, 'step'>> => {
  const state = stateOfRecord(record);
  const answer = await maker.ask(photo, state, base);
  const { chosen, candidate } = shownAnswer(state, answer, photo.embedding);
  const isSame = hasSameWeights(record, photo.embedding);
  const given = isSame ? (await maker.maskOf(photo, state, candidate.logits, base, null)).given : mask;
  return { state, base, given, answer: takenAnswer(state, photo.embedding, answer, chosen), isOpen: true };
};
