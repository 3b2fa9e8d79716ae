/** An object of which some properties may be `undefined`, as one that leaves those out. */
export type WithoutUndefined<Values> = {
  readonly [Key in keyof Values as undefined extends Values[Key] ? never : Key]: Values[Key];
} & {
  readonly [Key in keyof Values as undefined extends Values[Key] ? Key : never]?: Exclude<
    Values[Key],
    undefined
  >;
};

/** Leaves out the properties that are `undefined`, so that they can be optional ones. */
export const withoutUndefined = <Values extends object>(values: Values): WithoutUndefined<Values> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as WithoutUndefined<Values>;
