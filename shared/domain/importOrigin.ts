/** Where a mask of another tool came from; kept with its revision for good. */
export interface ImportOrigin {
  /** An ImportFormatId. */
  readonly format: string;
  /** Name of the folder, the file or the zip that was imported. */
  readonly source: string;
  /** The file in it, and where there: "annotations.json, annotations[12]". */
  readonly place: string;
  /** Of the instances that were joined, as the other tool calls them. */
  readonly categories: readonly string[];
  /** How many instances were joined. */
  readonly instances: number;
  /** What had to be done to them, a sentence each ("resized from 640 x 480"); empty where the mask is as it was. */
  readonly changes: readonly string[];
}
