/** An operation made ready for one set of grants: filtered, and with what has to be known about it before it runs. */
import {
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { type FilteredOperation, type FilterInput, filterOperation } from './filter-operation.ts';
import { fragmentsOf } from '../fragments-of.ts';

/** An operation ready to run. */
export interface PreparedOperation extends FilteredOperation {
  /** Whether it reads a person's record by any other way than `me`. */
  readonly readsPeople: boolean;
  /** What it reads, as the access log names it: paths below a person, e.g. `name.family`. */
  readonly fields: readonly string[];
}

/** Most field names in one entry of the access log. */
const MAX_FIELDS = 200;
/** The type whose fields are a person's record. */
const PERSON = 'StaffMember';
/** The root field that gives callers their own record. */
const SELF = 'me';
/** The type whose fields are a person's too, without the person. */
const CREDENTIAL = 'Credential';
/** Root fields whose answers are about no person, or about the caller alone. What is read below any other is named. */
const ABOUT_NOBODY: ReadonlySet<string | undefined> = new Set([
  'auditChain',
  'checkPolicies',
  'checkPolicy',
  'checkPolicyBlueprint',
  'codeList',
  'issuerHealth',
  'issuerKeys',
  'matchingOrigins',
  'matchingQueues',
  'matchingRuleSets',
  'matchingSimulate',
  'me',
  'myTransfers',
  'organisation',
  'presentationLists',
  'registeredOrganisation',
  'registeredOrganisations',
  'registryChange',
  'registryChanges',
  'registryDryRun',
  'sharingAgreements',
  'signalReach',
  'signalReceivers',
  'staffImport',
  'staffImports',
  'staffMembers',
  'staffSearch',
]);
/** What stands beside what is read: places in a list, and what is wrong with an input. */
const BESIDE: ReadonlySet<string> = new Set(['cursor', 'errors', 'pageInfo']);
/** What is read by asking whether there is such a person. */
const TYPE_NAME = '__typename';

/** Prepares an operation. */
export function prepareOperation(
  input: FilterInput,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PreparedOperation {
  const filtered = filterOperation(input, document, operation);
  return { ...filtered, ...whatIsRead(input.schema, filtered) };
}

/** Walks every path of what is left of an operation, fragments included. */
function whatIsRead(
  schema: GraphQLSchema,
  { document }: FilteredOperation,
): Pick<PreparedOperation, 'readsPeople' | 'fields'> {
  const below = new Set<string>();
  const other = new Set<string>();
  let readsPeople = false;
  if (document === undefined) return { readsPeople, fields: [] };
  const types = new TypeInfo(schema);
  const inlined = withFragmentsInline(document);
  const path: string[] = [];
  /** The people on the path, innermost last: where each begins, and whether it is the caller's own record. */
  const people: { readonly at: number; readonly self: boolean }[] = [];
  const enterPerson = (at: number, self: boolean): void => {
    people.push({ at, self });
    readsPeople ||= !self;
  };
  visit(
    inlined,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          const name = node.name.value;
          const parent = types.getParentType()?.name;
          if (parent === PERSON && people.at(-1)?.at !== path.length) {
            enterPerson(path.length, false);
          }
          if (name.startsWith('__')) return false;
          path.push(name);
          const person = people.at(-1);
          if (node.selectionSet !== undefined) {
            const type = types.getType();
            // Other people can be read through one's own record too.
            if (type && getNamedType(type).name === PERSON) {
              enterPerson(path.length, path.length === 1 && name === SELF);
            }
          } else if (person !== undefined) {
            if (!person.self) below.add(path.slice(person.at).join('.'));
          } else if (parent === CREDENTIAL) {
            below.add(`credential.${name}`);
          } else if (!ABOUT_NOBODY.has(path[0]) && !path.some((step) => BESIDE.has(step))) {
            below.add(path.join('.'));
          } else {
            other.add(path.join('.'));
          }
          return undefined;
        },
        leave() {
          path.pop();
          if ((people.at(-1)?.at ?? 0) > path.length) people.pop();
        },
      },
    }),
  );
  const fields = below.size > 0 ? below : other;
  if (fields.size === 0) fields.add(TYPE_NAME);
  // Too many are named by what they begin with: nothing is left out.
  const named = fields.size > MAX_FIELDS ? new Set([...fields].map(firstStep)) : fields;
  return { readsPeople, fields: [...named] };
}

/** The operation with every fragment spread replaced by what it stands for. Spreads have been bounded before. */
function withFragmentsInline(document: DocumentNode): OperationDefinitionNode {
  const fragments = fragmentsOf(document);
  const operation = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new Error('a document without an operation');
  const inline = <Node extends OperationDefinitionNode>(node: Node): Node =>
    visit(node, {
      FragmentSpread: {
        enter(spread) {
          const fragment = fragments.get(spread.name.value);
          return fragment === undefined
            ? null
            : {
                kind: Kind.INLINE_FRAGMENT,
                typeCondition: fragment.typeCondition,
                selectionSet: fragment.selectionSet,
              };
        },
      },
    });
  return inline(operation);
}

const firstStep = (path: string): string => path.split('.', 1).join();
