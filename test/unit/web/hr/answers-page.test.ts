import { expect, it } from '@jest/globals';

import { createRender } from '../../../../web/views/render.ts';
import { ANSWERS } from '../../../../web/words/hr.ts';
import { FRAME } from '../../../../web/words/frame.ts';

const ticked = (errors: Readonly<Record<string, string>>): number =>
  createRender()('hr/answers.njk', {
    words: FRAME,
    hr: ANSWERS,
    title: ANSWERS.title,
    form: { values: {}, errors },
    answers: ['a', 'b'].map((use) => ({ use, field: use, value: use, lines: [use] })),
  }).match(/ checked /g)?.length ?? 0;

it('answers are all chosen at first, and none again after none was chosen', () => {
  expect([ticked({}), ticked({ use: ANSWERS.useMissing })]).toEqual([2, 0]);
});
