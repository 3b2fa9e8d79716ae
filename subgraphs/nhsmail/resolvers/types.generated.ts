import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StaffMemberParent, IdentityLinkParent, NhsmailContext } from '../context.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment in time with its offset (RFC 3339). */
  DateTime: { input: string; output: string | Date; }
  _FieldSet: { input: string; output: string; }
};

/** Kinds of account. Only a USER belongs to one person. More may be added: keep a default. */
export type AccountKind =
  | 'APPLICATION'
  | 'CONTACT'
  | 'SHARED'
  | 'USER';

/** Where an account stands. More may be added: keep a default. */
export type AccountStatus =
  | 'ACTIVE'
  /** Can still be restored */
  | 'DELETED'
  | 'DISABLED'
  /** Not used for long */
  | 'INACTIVE'
  /** Marked as a leaver's: another organisation can take it on */
  | 'LEAVER'
  /** Not taken into use yet */
  | 'PENDING';

/** An account in the NHSmail directory. */
export type DirectoryAccount = {
  readonly __typename?: 'DirectoryAccount';
  readonly aliases: ReadonlyArray<Scalars['String']['output']>;
  /** When the directory was read */
  readonly asOf: Scalars['DateTime']['output'];
  readonly displayName: Maybe<Scalars['String']['output']>;
  readonly familyName: Maybe<Scalars['String']['output']>;
  readonly givenName: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly jobTitle: Maybe<Scalars['String']['output']>;
  readonly kind: AccountKind;
  /** Primary address */
  readonly mail: Scalars['String']['output'];
  readonly organisation: Maybe<Organisation>;
  readonly phone: Maybe<Scalars['String']['output']>;
  /** The person this mailbox is linked to. Null when there is no certain or confirmed link. */
  readonly staffMember: Maybe<StaffMember>;
  readonly status: AccountStatus;
};

/** How to find one account: exactly one of the fields. */
export type DirectoryAccountBy =
  /** The account's id */
  { readonly id: Scalars['ID']['input']; readonly mail?: never; }
  |  /** Primary address or alias, in any case */
  { readonly id?: never; readonly mail: Scalars['String']['input']; };

/** Why a person and a mailbox are taken to belong together. */
export type IdentityLink = {
  readonly __typename?: 'IdentityLink';
  readonly account: Maybe<DirectoryAccount>;
  /** What was compared and what came of it, in words without personal data */
  readonly evidence: ReadonlyArray<LinkEvidence>;
  readonly id: Scalars['ID']['output'];
  readonly linkedAt: Scalars['DateTime']['output'];
  readonly method: LinkMethod;
  readonly state: LinkState;
};

/** One compared field. */
export type LinkEvidence = {
  readonly __typename?: 'LinkEvidence';
  readonly field: Scalars['String']['output'];
  readonly outcome: Scalars['String']['output'];
};

/** How a link was found. More may be added: keep a default. */
export type LinkMethod =
  | 'EMPLOYEE_NUMBER'
  | 'ESR_EMAIL'
  | 'MANUAL';

/** Where a link stands. More may be added: keep a default. */
export type LinkState =
  | 'LINKED'
  | 'REVIEW';

/** An NHS organisation. */
export type Organisation = {
  readonly __typename?: 'Organisation';
  readonly odsCode: Scalars['ID']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** The directory account with this address. Null when there is none. For the sign-in service. */
  readonly directoryAccount: Maybe<DirectoryAccount>;
};


export type QueryDirectoryAccountArgs = {
  by: DirectoryAccountBy;
};

/** One human being known to the graph. */
export type StaffMember = {
  readonly __typename?: 'StaffMember';
  readonly id: Scalars['ID']['output'];
  /** How each mailbox came to be linked */
  readonly identityLinks: Maybe<ReadonlyArray<IdentityLink>>;
  /** Mailboxes linked to this person, at the organisations the caller may see */
  readonly mailboxes: Maybe<ReadonlyArray<DirectoryAccount>>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  DirectoryAccount: DirectoryAccount;
  StaffMember: StaffMember;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  DirectoryAccount:
    ( { __typename: 'DirectoryAccount' }
    & GraphQLRecursivePick<FederationTypes['DirectoryAccount'], {"id":true}> );
  StaffMember:
    ( { __typename: 'StaffMember' }
    & GraphQLRecursivePick<FederationTypes['StaffMember'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccountKind: AccountKind;
  AccountStatus: AccountStatus;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DirectoryAccount: ResolverTypeWrapper<DirectoryEntry>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DirectoryAccountBy: DirectoryAccountBy;
  IdentityLink: ResolverTypeWrapper<IdentityLinkParent>;
  LinkEvidence: ResolverTypeWrapper<LinkEvidence>;
  LinkMethod: LinkMethod;
  LinkState: LinkState;
  Organisation: ResolverTypeWrapper<Organisation>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  StaffMember: ResolverTypeWrapper<StaffMemberParent>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  DirectoryAccount: DirectoryEntry;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  DirectoryAccountBy: DirectoryAccountBy;
  IdentityLink: IdentityLinkParent;
  LinkEvidence: LinkEvidence;
  Organisation: Organisation;
  Query: Record<PropertyKey, never>;
  StaffMember: StaffMemberParent;
  Boolean: Scalars['Boolean']['output'];
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DirectoryAccountResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryAccount'] = ResolversParentTypes['DirectoryAccount'], FederationReferenceType extends FederationReferenceTypes['DirectoryAccount'] = FederationReferenceTypes['DirectoryAccount']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DirectoryAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  aliases?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  familyName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  givenName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AccountKind'], ParentType, ContextType>;
  mail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organisation?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  staffMember?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AccountStatus'], ParentType, ContextType>;
};

export type IdentityLinkResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['IdentityLink'] = ResolversParentTypes['IdentityLink']> = {
  account?: Resolver<Maybe<ResolversTypes['DirectoryAccount']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['LinkEvidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  linkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['LinkMethod'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['LinkState'], ParentType, ContextType>;
};

export type LinkEvidenceResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['LinkEvidence'] = ResolversParentTypes['LinkEvidence']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrganisationResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['Organisation'] = ResolversParentTypes['Organisation']> = {
  odsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  directoryAccount?: Resolver<Maybe<ResolversTypes['DirectoryAccount']>, ParentType, ContextType, RequireFields<QueryDirectoryAccountArgs, 'by'>>;
};

export type StaffMemberResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['StaffMember'] = ResolversParentTypes['StaffMember'], FederationReferenceType extends FederationReferenceTypes['StaffMember'] = FederationReferenceTypes['StaffMember']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StaffMember']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identityLinks?: Resolver<Maybe<ReadonlyArray<ResolversTypes['IdentityLink']>>, ParentType, ContextType>;
  mailboxes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DirectoryAccount']>>, ParentType, ContextType>;
};

export type Resolvers<ContextType = NhsmailContext> = {
  DateTime?: GraphQLScalarType;
  DirectoryAccount?: DirectoryAccountResolvers<ContextType>;
  IdentityLink?: IdentityLinkResolvers<ContextType>;
  LinkEvidence?: LinkEvidenceResolvers<ContextType>;
  Organisation?: OrganisationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  StaffMember?: StaffMemberResolvers<ContextType>;
};

