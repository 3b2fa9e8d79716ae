/** A person as the staff record has them, as far as matching needs it. */
export interface StaffPerson {
  readonly id: string;
  /** Current surname. */
  readonly familyName: string;
  readonly previousFamilyNames: readonly string[];
  readonly workEmail?: string;
  /** Employments that have not ended. */
  readonly employments: readonly {
    readonly odsCode: string;
    readonly employeeNumber: string;
    readonly personType?: string;
  }[];
}
