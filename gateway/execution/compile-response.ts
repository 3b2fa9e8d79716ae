/**
 * A response shape made into one function of JavaScript, for answers in which everything is as it should be.
 *
 * The text holds nothing of a client's but names, as JSON strings, and a name of GraphQL is letters, digits and `_`.
 */
import {
  type GraphQLLeafType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import type { Completion } from './complete-response.ts';
import { type LeafCheck, leafCheck } from './leaf-values.ts';
import { isInherited, type JsonObject } from './own-properties.ts';
import type { FieldShape, SelectionShape, ShapedType } from './response-shape.ts';

/** Shapes an answer. `undefined` when there is anything that asks for an error or for a null to go up. */
export type ShapeAnswer = (data: JsonObject) => JsonObject | undefined;

/** Most functions for one answer. What is larger is not made into any. */
const MAX_FUNCTIONS = 2_000;

/**
 * Compiles a shape.
 *
 * @returns `undefined` when every answer of this shape needs more than that
 */
export function compileResponse(completion: Completion): ShapeAnswer | undefined {
  const writer = createWriter(completion);
  const root = writer.object(completion.root, completion.shape);
  if (root === undefined || writer.functions.length > MAX_FUNCTIONS) return undefined;
  const text = `'use strict';\n${writer.functions.join('\n')}\nreturn ${root};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- see above
  return new Function('checks', text)(writer.checks) as ShapeAnswer;
}

/** Writes functions. Their names, and texts that are to be refused, are `undefined` when a shape cannot be compiled. */
function createWriter({ schema, withheld }: Completion) {
  const functions: string[] = [];
  const checks: LeafCheck[] = [];
  const checkNames = new Map<GraphQLLeafType, string>();
  let count = 0;

  const add = (body: (name: string) => string): string => {
    count += 1;
    const name = `f${String(count)}`;
    functions.push(`function ${name}${body(name)}`);
    return name;
  };

  /** An object's function: its fields in one literal, so that every answer has the same hidden class. */
  const object = (type: ShapedType, selection: SelectionShape): string | undefined => {
    if (functions.length > MAX_FUNCTIONS) return undefined;
    const statements: string[] = [];
    const members: string[] = [];
    for (const [index, field] of selection.fieldsOf(type).entries()) {
      const variable = `v${String(index)}`;
      const value = fieldValue(type, field, variable);
      if (value === undefined) return undefined;
      statements.push(value);
      // In brackets, `__proto__` is a name like any other.
      members.push(
        `${field.key === '__proto__' ? '["__proto__"]' : JSON.stringify(field.key)}:${variable}`,
      );
    }
    return add(() => `(d){${statements.join('')}return{${members.join(',')}};}`);
  };

  const fieldValue = (
    type: ShapedType,
    field: FieldShape,
    variable: string,
  ): string | undefined => {
    if (field.withheld !== undefined) return undefined;
    if (field.type !== undefined) {
      const value = completed(field.type, field.below, variable);
      return value === undefined ? undefined : `let ${variable}=${read(field.source)};${value}`;
    }
    if (field.source !== '__typename' || !isObjectType(type)) return undefined;
    return `const ${variable}=${JSON.stringify(type.name)};`;
  };

  /** Statements that complete the value in a variable, or give up. */
  const completed = (
    type: GraphQLOutputType,
    below: SelectionShape,
    variable: string,
  ): string | undefined => {
    if (isNonNullType(type)) {
      const value = present(type.ofType, below, variable);
      return value === undefined ? undefined : `if(${variable}==null)return;${value}`;
    }
    const value = present(type, below, variable);
    return value === undefined ? undefined : `if(${variable}==null)${variable}=null;else{${value}}`;
  };

  const present = (
    type: GraphQLOutputType,
    below: SelectionShape,
    variable: string,
  ): string | undefined => {
    if (isLeafType(type)) return leaf(type, variable);
    const shape = isListType(type)
      ? list(type.ofType, below)
      : composite(type as Exclude<GraphQLNamedOutputType, GraphQLLeafType>, below);
    if (shape === undefined) return undefined;
    return `${variable}=${shape}(${variable});if(${variable}===undefined)return;`;
  };

  const leaf = (type: GraphQLLeafType, variable: string): string => {
    const quick = QUICK_CHECKS.get(type.name);
    if (quick !== undefined) return `if(!(${quick(variable)}))return;`;
    const check = leafCheck(type);
    if (check === undefined) return '';
    let name = checkNames.get(type);
    if (name === undefined) {
      name = `checks[${String(checks.push(check) - 1)}]`;
      checkNames.set(type, name);
    }
    return `if(!${name}(${variable}))return;`;
  };

  const list = (type: GraphQLOutputType, below: SelectionShape): string | undefined => {
    const item = completed(type, below, 'x');
    if (item === undefined) return undefined;
    return add(
      () =>
        `(a){if(!Array.isArray(a))return;const o=new Array(a.length);` +
        `for(let i=0;i<a.length;i++){let x=a[i];${item}o[i]=x;}return o;}`,
    );
  };

  /** A function of an object that may be of several types. */
  const composite = (
    type: Exclude<GraphQLNamedOutputType, GraphQLLeafType>,
    below: SelectionShape,
  ): string | undefined => {
    const start = `(d){if(typeof d!=='object'||Array.isArray(d))return;`;
    if (isObjectType(type)) {
      if (withheld?.type(type) === true) return add(() => `${start}}`);
      const shape = object(type, below);
      const name = JSON.stringify(type.name);
      return (
        shape &&
        add(
          () =>
            `${start}const t=d.__typename;if(t!==undefined&&t!==${name})return;return ${shape}(d);}`,
        )
      );
    }
    const cases: string[] = [];
    for (const possible of shapedTypes(schema, type)) {
      if (withheld?.type(possible) === true) continue;
      if (isInterfaceType(possible) && !below.isSettled(possible)) continue;
      const shape = object(possible, below);
      const label = `case ${JSON.stringify(possible.name)}:`;
      const labels = isObjectType(possible) ? label : `case undefined:${label}`;
      if (shape !== undefined) cases.push(`${labels}return ${shape}(d);`);
      else if (isObjectType(possible)) return undefined;
    }
    return add(() => `${start}switch(d.__typename){${cases.join('')}}}`);
  };

  return { object, functions, checks };
}

/** The types that objects behind an interface or a union can be of. */
const shapedTypes = (
  schema: GraphQLSchema,
  type: Exclude<GraphQLNamedOutputType, GraphQLLeafType | GraphQLObjectType>,
): readonly ShapedType[] => [
  ...schema.getPossibleTypes(type),
  ...(isInterfaceType(type) ? [type] : []),
];

/** An expression for a field of `d`. */
function read(name: string): string {
  const text = JSON.stringify(name);
  return isInherited(name) ? `(Object.hasOwn(d,${text})?d[${text}]:undefined)` : `d[${text}]`;
}

/** The checks of `leaf-values.ts` for the commonest types, in place. */
const QUICK_CHECKS: ReadonlyMap<string, (variable: string) => string> = new Map([
  ['String', (variable) => `typeof ${variable}==='string'`],
  ['ID', (variable) => `typeof ${variable}==='string'`],
  ['Boolean', (variable) => `typeof ${variable}==='boolean'`],
]);
