/** How a credential was checked, in the five steps that somebody at a desk can follow. */

/** A check by its name in the standards, and how it went. */
export interface NamedCheck {
  readonly name: string;
  readonly outcome: string;
  readonly code: string | null;
}

/** The steps, in the order in which they are told. */
export const STEPS = ['SIGNATURE', 'TRUST', 'HOLDER', 'STATUS', 'CONTENTS'] as const;

/** One step. */
export interface Step {
  readonly step: (typeof STEPS)[number];
  readonly outcome: 'PASSED' | 'FAILED' | 'NOT_REACHED';
  /** Reason codes of what failed. */
  readonly codes: readonly string[];
}

/** Names that belong to a step; all the others are about what is in it. */
const STEP_OF: Readonly<Record<string, (typeof STEPS)[number]>> = {
  issuer_jwt_form: 'SIGNATURE',
  alg: 'SIGNATURE',
  issuer_key: 'SIGNATURE',
  issuer_signature: 'SIGNATURE',
  issuer_named: 'TRUST',
  issuer_certificate: 'TRUST',
  issuer_trusted: 'TRUST',
  holder_key: 'HOLDER',
  issued_at: 'STATUS',
  not_before: 'STATUS',
  expiry: 'STATUS',
  not_revoked: 'STATUS',
  not_suspended: 'STATUS',
};

const stepOf = (name: string): (typeof STEPS)[number] =>
  STEP_OF[name] ??
  (name.startsWith('kb_') ? 'HOLDER' : name.startsWith('status_') ? 'STATUS' : 'CONTENTS');

/** The steps of one credential. A step holds when something of it was passed and nothing failed. */
export const howChecked = (checks: readonly NamedCheck[]): readonly Step[] =>
  STEPS.map((step) => {
    const own = checks.filter(({ name }) => stepOf(name) === step);
    const failed = own.filter(({ outcome }) => outcome === 'FAILED');
    return {
      step,
      outcome:
        failed.length > 0
          ? 'FAILED'
          : own.some(({ outcome }) => outcome === 'PASSED')
            ? 'PASSED'
            : 'NOT_REACHED',
      codes: failed.map(({ name, code }) => code ?? name),
    };
  });
