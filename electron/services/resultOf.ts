/** What a generator comes to, of whose steps nobody is told. */
export const resultOf = async <Result>(steps: AsyncGenerator<unknown, Result>): Promise<Result> => {
  for (let step = await steps.next(); ; step = await steps.next()) if (step.done === true) return step.value;
};
