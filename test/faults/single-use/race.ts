/** Twenty who want the same thing at the same moment, when there is only one of it. */

/**
 * Makes one new thing that can be used once.
 *
 * @returns one try to use it; true when it succeeded
 */
export type Prize = () => Promise<() => Promise<boolean>>;

/** How many try at once. */
const RUNNERS = 20;

/** Runs a race over and over and answers how many won in each round. */
export async function winnersOf(prize: Prize, rounds: number): Promise<readonly number[]> {
  const winners: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const attempt = await prize();
    const won = await Promise.all(Array.from({ length: RUNNERS }, () => attempt()));
    winners.push(won.filter(Boolean).length);
  }
  return winners;
}
