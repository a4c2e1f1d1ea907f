import { open, type FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { asId, type ModelId } from '../../../shared/domain/ids.ts';
import { ExpectedError, isCancelled, isExpected, sentenceOf } from '../../../shared/errors/errors.ts';
import { mostCleanCells, usualCleanCells } from '../../../shared/prompts/cleanLogits.ts';
import { openPrompting, type Prompting } from '../../app/openPrompting.ts';
import { fileError } from '../../base/fileError.ts';
import type { AddCommand } from '../addCommand.ts';
import { exitCodes, type Output } from '../output.ts';
import { PromptAnswerer } from '../prompt/answerPrompts.ts';
import { openOutFolder } from '../prompt/outFolder.ts';
import { checkLine, idOfLine, parseJson } from '../prompt/promptLine.ts';
import { standardInput } from '../standardInput.ts';
import { pullModel } from './modelsPull.ts';

interface Options {
  readonly model?: string;
  readonly out: string;
  readonly all?: boolean;
  readonly in?: string;
  readonly clean: string;
}

const help = `
Reads one JSON object a line on stdin (or from a file, --in) and answers each with one on stdout, in the same order, until the input ends. No store is needed.

  {"id": "shoe-1", "image": "photos/shoe.jpg", "points": [{"x": 312.5, "y": 88.5, "label": 1}], "box": [20, 10, 600, 400], "mask": "masks/shoe-0.png"}
  {"id": "shoe-1", "mask": "/work/prompt-masks/shoe-1.png", "predicted_iou": 0.94, "candidate": 2, "candidates": [...], "ms": 61, "decode_ms": 44, "encode_ms": null}

  image      the photo's path; it is encoded once, however many lines name it, and stays prepared for the next time
  points     label 1 (default): keep what is here, 0: leave it out. Pixels of the upright photo from its upper left corner; the first pixel's middle is 0.5.
             One outside the photo is refused, as is a box that reaches out of it
  box        x0, y0, x1, y1 in the same pixels
  mask       a mask to continue from, of the photo's size; a mask that this run has written continues from the model's own values
  chain      true: the points are answered in their order, each continuing from the answer before it, as the desk does; false: all at once. Default: true,
             and false where the line has a mask to continue from
  candidate  which of the model's candidates is the answer; default: of those that agree with most of the points the one with the highest predicted IoU
  id         names the answer and its file; default: the line's number

A line needs points, a box or a mask. A line that is wrong, or that fails, is answered {"id", "error": {"code", "message"}} and the next one goes on; the
exit code is then 1. predicted_iou is the model's own estimate, as it gives it: below about 0.5
it does not know what is meant, at times it is a little above 1.`;

/** @throws ExpectedError usage */
const cleanCellsOf = (text: string): number => {
  const cells = Number(text);
  if (text.trim() !== '' && Number.isInteger(cells) && cells >= 0 && cells <= mostCleanCells) return cells;
  throw new ExpectedError('usage', `--clean takes a whole number from 0 to ${mostCleanCells}, not "${text}".`);
};

/** @throws ExpectedError file_unreadable, permission_denied */
const openInput = (path: string): Promise<FileHandle> =>
  open(path).catch((error: unknown) => {
    throw fileError(error, path);
  });

/** Weights that are missing are fetched, with their licence said, since without them there is nothing to do. */
const ensureWeights = async ({ models }: Prompting, modelId: ModelId, output: Output, signal: AbortSignal): Promise<void> => {
  const { licence } = await models.prompt(modelId);
  const ready = (await models.list()).some((model) => model.modelId === modelId && model.state === 'ready');
  if (ready) return;
  output.note(`Fetching the weights of ${modelId} (licence: ${licence.weights})`);
  await pullModel(models, modelId, output, signal);
};

export const registerPrompt = (add: AddCommand): void => {
  const { command, run } = add('prompt', 'masks from points and boxes: JSON lines in, JSON lines and PNGs out');
  command
    .option('--model <id>', 'prompt model (default: the one in the settings)')
    .option('--in <file>', 'read the lines from a file instead of stdin')
    .option('--out <dir>', 'folder for the masks', 'prompt-masks')
    .option('--clean <cells>', "leave islands and holes of fewer cells of the model's 256 x 256 grid out of the answer, unless they were clicked; 0: leave it as it is", String(usualCleanCells))
    .option('--all', 'write every candidate, not the answer alone')
    .addHelpText('after', help);
  run<Options>(async ({ output, signal, loadConfig, pathFrom }, { model, out, all, in: from, clean }) => {
    if (out === '') throw new ExpectedError('usage', '--out needs a folder.');
    const cleanCells = cleanCellsOf(clean);
    const config = await loadConfig();
    const modelId = model === undefined ? config.promptModelId : asId<ModelId>(model);
    await openOutFolder(pathFrom(out));
    const prompting = openPrompting(config, { onNotice: output.note });
    try {
      await ensureWeights(prompting, modelId, output, signal);
      const answerer = new PromptAnswerer({ prompting, modelId, outFolder: pathFrom(out), writesAll: all === true, cleanCells, pathFrom, onEncoding: (path, label) => output.progress(`Reading ${path} with ${label}`), signal });
      const input = from === undefined ? standardInput() : (await openInput(pathFrom(from))).createReadStream();
      if (from === undefined && process.stdin.isTTY) output.note('Reading prompts, one JSON object a line; Ctrl+D ends, "maskdesk prompt --help" shows the form.');
      return await answerAll(input, answerer, output, signal);
    } finally {
      await prompting.dispose();
    }
  });
};

const answerAll = async (input: Readable, answerer: PromptAnswerer, output: Output, signal: AbortSignal): Promise<number> => {
  // Read from the moment at which it is made: what comes before somebody listens would be lost.
  const lines = createInterface({ input, crlfDelay: Infinity, signal });
  let lineNumber = 0;
  let anyFailed = false;
  for await (const text of lines) {
    lineNumber++;
    if (text.trim() === '') continue;
    let id: string | number = lineNumber;
    try {
      const parsed = parseJson(text);
      id = idOfLine(parsed, lineNumber);
      const answer = await answerer.answer(checkLine(parsed), id);
      output.answer({ ...answer }, JSON.stringify(answer));
    } catch (error) {
      if (isCancelled(error) && signal.aborted) break;
      anyFailed = true;
      const failure = { id, error: { code: isExpected(error) ? error.code : 'bug', message: sentenceOf(error) } };
      output.answer(failure, JSON.stringify(failure));
      if (!isExpected(error)) output.note(`This is a fault in Maskdesk, not yours: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  if (signal.aborted) return exitCodes.interrupted;
  return anyFailed ? exitCodes.failed : exitCodes.ok;
};
