import type { LinkageModel } from './linkage/model.ts';
import type { RuleSet } from './linkage/rule-set.ts';

/** What an operator did about a version. */
export type RuleSetAct = 'PROPOSED' | 'APPROVED' | 'REJECTED';

/** A version of the rules, with what was last done about it. */
export interface RuleSetVersion {
  readonly version: number;
  readonly name: string;
  readonly addedAt: Date;
  readonly addedBy: string;
  readonly lastAct?: {
    readonly act: RuleSetAct;
    readonly at: Date;
    readonly by: string;
    readonly reason?: string;
  };
  /** Whether this is what is matched by. */
  readonly isActive: boolean;
}

/** A model as it is kept. */
export interface StoredModel {
  readonly id: number;
  readonly version: number;
  readonly model: LinkageModel;
  /** Made from too little to be kept when there is more. */
  readonly provisional: boolean;
  readonly people: number;
  readonly accounts: number;
}

/** Versions of the rules and their models. Nothing is ever changed or deleted. */
export interface RuleSetStore {
  /** Adds rules, or finds the version that has them already. Returns its number. */
  add(rules: RuleSet, by: string, at: Date): Promise<number>;
  /** Every version, the oldest first. */
  list(): Promise<readonly RuleSetVersion[]>;
  findRules(version: number): Promise<RuleSet | undefined>;
  /** The version that was approved last. */
  findActive(): Promise<{ readonly version: number; readonly rules: RuleSet } | undefined>;
  /**
   * Writes an act. Approving and rejecting are for somebody else than who proposed, while the proposal is open.
   *
   * @returns what stands in the way; `undefined` when it was written
   */
  act(
    version: number,
    act: RuleSetAct,
    by: { readonly name: string; readonly at: Date; readonly reason?: string },
  ): Promise<'not_found' | 'not_proposed' | 'already_proposed' | 'same_person' | undefined>;
  /** The newest model of a version. */
  findModel(version: number): Promise<StoredModel | undefined>;
  readModel(id: number): Promise<StoredModel>;
  saveModel(model: Omit<StoredModel, 'id'>, at: Date): Promise<StoredModel>;
}
