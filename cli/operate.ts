/** One operation, from the opening of the system to its closing. */
import type { OperationInput, OperationName } from '../local/operations.ts';
import type { CommandIo } from './command.ts';
import { openOperations } from './operations.ts';

/** Carries one operation out and returns its answer. From another process it comes as JSON: dates are text. */
export async function operate<Name extends OperationName>(
  io: Pick<CommandIo, 'env'>,
  name: Name,
  input: OperationInput<Name>,
): Promise<unknown> {
  const operations = await openOperations(io.env);
  try {
    return await operations.run(name, input, () => undefined);
  } finally {
    await operations.close();
  }
}
