/** How much one request may ask for in all, however it is nested or aliased. */

/** Takes a part of what is left. False when that is more than there is. */
export type TakeFromBudget = (amount: number) => boolean;

/** A budget for one request. */
export function requestBudget(limit: number): TakeFromBudget {
  let left = limit;
  return (amount) => {
    left -= amount;
    return left >= 0;
  };
}
