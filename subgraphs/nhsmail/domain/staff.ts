/** A person as the staff record has them, as far as matching needs it: no birth date and no National Insurance number. */
export interface StaffPerson {
  readonly id: string;
  /** Current surname; empty when the record has none. */
  readonly familyName: string;
  readonly previousFamilyNames: readonly string[];
  readonly givenName?: string;
  readonly middleName?: string;
  /** Known as. */
  readonly preferredName?: string;
  readonly workEmail?: string;
  /** Telephones at work, as the record writes them. */
  readonly workPhones: readonly string[];
  /** 12 digits. */
  readonly smartcardId?: string;
  readonly registrations: readonly StaffRegistration[];
  /** Employments that have not ended. */
  readonly employments: readonly StaffEmployment[];
}

/** A registration with a professional regulator. */
export interface StaffRegistration {
  /** The regulator, e.g. `NMC`. */
  readonly body: string;
  readonly number: string;
}

/** One person in one employing organisation. */
export interface StaffEmployment {
  readonly odsCode: string;
  /** 8 digits, of this employer. */
  readonly employeeNumber: string;
  /** `EMPLOYEE`, `HONORARY`, `BANK` and others; unknown ones stay as they are. */
  readonly personType?: string;
  /** `YYYY-MM-DD`. */
  readonly startedOn?: string;
  /** What the person does, in the words of the national list. */
  readonly jobRole?: string;
  /** Title of the post. */
  readonly jobTitle?: string;
}
