import type { LinkageModel } from './linkage/model.ts';

/**
 * How often the fields of one person agree, where there is too little to learn it from: one surname in forty has changed
 * or is spelt otherwise, one given name in twenty is a short form.
 */
const USUAL: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  familyName: {
    EXACT: 0.95,
    ALTERNATIVE: 0.02,
    PART: 0.01,
    CLOSE: 0.01,
    ALIKE: 0.005,
    DIFFERENT: 0.005,
  },
  givenName: {
    EXACT: 0.93,
    ALTERNATIVE: 0.01,
    NICKNAME: 0.03,
    PART: 0.005,
    INITIAL: 0.005,
    CLOSE: 0.01,
    ALIKE: 0.005,
    DIFFERENT: 0.005,
  },
  organisation: { EXACT: 0.97, ALTERNATIVE: 0.001, DIFFERENT: 0.029 },
  jobRole: { EXACT: 0.6, ALTERNATIVE: 0.001, CLOSE: 0.1, ALIKE: 0.05, DIFFERENT: 0.249 },
  phone: { EXACT: 0.8, ALTERNATIVE: 0.001, LAST_SIX: 0.02, TYPO: 0.02, DIFFERENT: 0.159 },
  started: { NEAR: 0.7, ALTERNATIVE: 0.001, NOT_FAR: 0.1, DIFFERENT: 0.199 },
};

/** A model with what is usual in place of what was learnt about agreement. Chance and frequencies stay. */
export const withUsualAgreement = (model: LinkageModel): LinkageModel => ({
  ...model,
  fields: Object.fromEntries(
    Object.entries(model.fields).map(([field, { levels, ...rest }]) => [
      field,
      {
        ...rest,
        levels: Object.fromEntries(
          Object.entries(levels).map(([level, { m, u }]) => [
            level,
            { m: USUAL[field]?.[level] ?? m, u },
          ]),
        ),
      },
    ]),
  ),
});
