/** Where people work, as closely as the staff record says it. */

/** A post that somebody holds. */
export interface TeamPost {
  readonly odsCode: string;
  readonly department?: string | undefined;
  readonly location?: string | undefined;
  /** The employer's own number of the position. */
  readonly positionId?: string | undefined;
}

/** One person's posts. */
export interface TeamMember {
  /** The same for all ids of one person. */
  readonly personId: string;
  readonly posts: readonly TeamPost[];
}

/** Reads who works where. */
export interface Teams {
  /**
   * Posts of people on a day, by the id asked for; nobody for an id that is nobody's.
   *
   * @param staffIds 500 at most
   * @param day `YYYY-MM-DD`
   */
  find(staffIds: readonly string[], day: string): Promise<ReadonlyMap<string, TeamMember>>;
}
