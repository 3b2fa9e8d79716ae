import { describe, expect, it } from '@jest/globals';

import { cursorOf, pageOf, pageRequest } from '../../../../subgraphs/passport/domain/page.ts';

describe('pageRequest', () => {
  it('reads what cursorOf wrote', () => {
    expect(pageRequest(20, cursorOf(42))).toEqual({ first: 20, after: 42 });
    expect(pageRequest(1, null)).toEqual({ first: 1 });
  });

  it.each([0, -1, 101, 1.5, Number.NaN])('refuses a page of %p', (first) => {
    expect(() => pageRequest(first, undefined)).toThrow(
      expect.objectContaining({ code: 'page_invalid' }),
    );
  });

  it.each(['', 'x', 'djE6', Buffer.from('v1:-1').toString('base64url'), `${cursorOf(1)}=`, 'v1:1'])(
    'refuses the cursor %p',
    (after) => {
      expect(() => pageRequest(20, after)).toThrow(
        expect.objectContaining({ code: 'page_invalid' }),
      );
    },
  );
});

describe('pageOf', () => {
  const rows = [3, 2, 1].map((position) => ({ position }));
  it('says that there is more when one row is left over', () => {
    expect(pageOf(rows, { first: 2 }, ({ position }) => position)).toEqual({
      edges: [
        { cursor: cursorOf(3), node: 3 },
        { cursor: cursorOf(2), node: 2 },
      ],
      pageInfo: { hasNextPage: true, endCursor: cursorOf(2) },
    });
  });

  it('ends without a cursor when there is nothing', () => {
    expect(pageOf([], { first: 2 }, String)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });
});
