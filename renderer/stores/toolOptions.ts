/**
 * What can be set of each tool beside the brush's size and hardness. A tool with options has a line here with its type and one below with its
 * defaults; they are kept from day to day at this machine.
 */
export interface ToolOptions {
  readonly hand: Readonly<Record<never, never>>;
}

export const defaultToolOptions: ToolOptions = { hand: {} };
