/** The fields of the schema that an operation asks for. */
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/**
 * Coordinates such as `StaffMember.name`, each once, without what is asked of the schema itself; of arguments
 * (`Query.staff(by:)`) those that are deprecated.
 */
export function fieldsOf(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const parent = info.getParentType()?.name;
        const field = info.getFieldDef()?.name;
        if (parent === undefined || field === undefined) return;
        if (!parent.startsWith('__') && !field.startsWith('__')) found.add(`${parent}.${field}`);
      },
      Argument() {
        const parent = info.getParentType()?.name;
        const argument = info.getArgument();
        const field = info.getFieldDef()?.name;
        if (info.getDirective() || parent === undefined || field === undefined) return;
        if (argument?.deprecationReason != null) found.add(`${parent}.${field}(${argument.name}:)`);
      },
    }),
  );
  return [...found];
}
